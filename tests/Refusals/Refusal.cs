namespace DrmActors.Refusals;

/// <summary>Which of a scene's files makes a call.</summary>
public enum Caller
{
    /// <summary>Atomic, and its framebuffer is lit.</summary>
    Master,

    /// <summary>Another file of the same process, which has not said what it understands and is neither master nor authenticated.</summary>
    Other,

    /// <summary>Has been lent the second CRTC, its primary plane and the second connector.</summary>
    Lessee,
}

/// <summary>One way in which an ioctl is refused, as a kernel refuses it: the argument's bytes and the errno.</summary>
/// <param name="Ioctl">Without DRM_IOCTL_.</param>
/// <param name="Reason">For people; one of its ioctl's.</param>
/// <param name="Argument">Made of what is there. Where two things are wrong with it, the errno says which one is looked at first.</param>
internal sealed record Refusal(string Ioctl, string Reason, Errno Errno, Func<Scene, byte[]> Argument)
{
    /// <summary>A board that can hardly do anything: a primary plane, no cursor, no vblanks, and nothing atomic.</summary>
    public const string Bare = "bare.conf";

    public Caller By { get; init; }

    /// <summary>One that is shipped, or a file beside the tests.</summary>
    public string Board { get; init; } = "rk3399";

    /// <summary>The process is root's.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Brings the scene, which is then nobody else's, to where this is refused.</summary>
    public Func<Scene, Task>? Before { get; init; }
}
