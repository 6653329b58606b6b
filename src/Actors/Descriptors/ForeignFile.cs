namespace DrmActors.Actors.Descriptors;

/// <summary>A file that is none of ours: a pipe, a socket, a memfd. There to be refused for what it is, and not for being closed.</summary>
internal sealed class ForeignFile : Description
{
    protected override void Released()
    {
    }
}
