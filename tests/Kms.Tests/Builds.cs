using DrmActors.Messages;

namespace DrmActors.Kms.Tests;

/// <summary>The calls that end in a draft, each as a step from a state to the next one; to the same one where it is refused.</summary>
internal static class Builds
{
    public static Errno SetCrtc(KmsState state, ModeSetCrtc call, out KmsState next) => Step(state, d => SetCrtcCheck.Build(d, call), out next);

    public static Errno SetPlane(KmsState state, ModeSetPlane call, out KmsState next) => Step(state, d => SetPlaneCheck.Build(d, call), out next);

    public static Errno SetProperty(KmsState state, ModeObjSetProperty call, out KmsState next) =>
        Step(state, d => SetPropertyCheck.Build(d, call), out next);

    public static Errno SetGamma(KmsState state, ModeSetGamma call, out KmsState next) => Step(state, d => GammaCheck.Build(d, call), out next);

    public static Errno Cursor(KmsState state, ModeCursor2 call, Framebuffer? brought, out KmsState next) =>
        Step(state, d => CursorCheck.Build(d, call, brought), out next);

    public static Errno PageFlip(KmsState state, ModePageFlip call, bool hasEventSpace, out KmsState next)
    {
        var draft = PageFlipCheck.Draft(state, call);
        var errno = PageFlipCheck.Build(draft, call, hasEventSpace);
        next = errno == Errno.None ? draft.Build() : state;
        return errno;
    }

    public static Errno Step(KmsState state, Func<CommitDraft, Errno> build, out KmsState next)
    {
        var draft = new CommitDraft(state);
        var errno = build(draft);
        next = errno == Errno.None ? draft.Build() : state;
        return errno;
    }
}
