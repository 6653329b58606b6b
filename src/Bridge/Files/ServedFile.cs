using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>What open(2) of a served path gives: an errno, or what stands in the file now, and who takes what is written to it.</summary>
/// <param name="Write">Null for a file that is opened for reading only. Bytes of one write(2), and who is told how many were taken or an errno negative.</param>
internal sealed record ServedFile(Errno Errno, ReadOnlyMemory<byte> Content = default, Action<ReadOnlyMemory<byte>, Action<int>>? Write = null);
