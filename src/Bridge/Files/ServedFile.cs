using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>What open(2) of a served path gives: an errno, or what stands in the file now, and who takes what is written to it.</summary>
/// <param name="Write">Null for a file that is opened for reading only. Bytes of one write(2), and who is told how many were taken or an errno negative.</param>
/// <param name="Frames">Of a file that is read as it comes about: whose frames it tells; the rest is not used then. Null for any other.</param>
/// <param name="Make">Of a file that is a description of the host's own, made for the process of this name; the rest is not used then. Null for any other.</param>
internal sealed record ServedFile(
    Errno Errno,
    ReadOnlyMemory<byte> Content = default,
    Action<ReadOnlyMemory<byte>, Action<int>>? Write = null,
    FrameSource? Frames = null,
    Func<string, Descriptor>? Make = null);

/// <summary>The CRTC that a stream of frames is of.</summary>
internal sealed record FrameSource(int Minor, CrtcId Crtc);
