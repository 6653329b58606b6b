using System.Net.Sockets;
using DrmActors.Cli.Native;

namespace DrmActors.Cli.Serve;

/// <summary>Where a server is found: a socket, and the folder of what its clients see of the file system beside it.</summary>
internal sealed class ServerSocket(string path)
{
    private const UnixFileMode OwnOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Root => Path + ".root";

    /// <summary>Whether somebody listens.</summary>
    public bool IsServed()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(Path));
            return true;
        }
        catch (SocketException e)
        {
            // Behind another error (another kind of socket, no right to it) there may be somebody.
            return e.SocketErrorCode is not (SocketError.AddressNotAvailable or SocketError.ConnectionRefused);
        }
    }

    /// <summary>Takes what a server that died has left; makes the folder around, for this user alone, where there is none.</summary>
    /// <exception cref="UsageException">The place is taken.</exception>
    public void Claim()
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OwnOnly);
        if (!File.Exists(Path))
        {
            if (Directory.Exists(Root))
                throw new UsageException($"--socket {Path}", $"{Root}, and no server that it belongs to", "a place without that folder");
            return;
        }

        if (!Posix.IsSocket(Path))
            throw new UsageException($"--socket {Path}", "a file", "a socket, or a path where there is nothing");
        if (IsServed())
            throw new UsageException($"--socket {Path}", "a server that listens there", "another path, or none who listens");
        File.Delete(Path);
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }
}
