using DrmActors.Hosting;
using DrmActors.Hosting.Control;
using DrmActors.Messages;

namespace DrmActors.Bridge.Transport;

/// <summary>Commands that come over the bridge's socket.</summary>
internal static class ControlDesk
{
    /// <param name="answer">Once, on any thread: EINVAL for a command that cannot be carried out, else what the card answered; and the text for it.</param>
    public static void Run(DrmHost host, ReadOnlySpan<byte> json, Action<Errno, string> answer)
    {
        try
        {
            Answer(ControlCommand.Parse(json).RunAsync(host), answer);
        }
        catch (ControlException wrong)
        {
            answer(Errno.EINVAL, wrong.Message);
        }
    }

    private static async void Answer(Task<string> command, Action<Errno, string> answer)
    {
        try
        {
            answer(Errno.None, await command);
        }
        catch (ControlException wrong)
        {
            answer(Errno.EINVAL, wrong.Message);
        }
        catch (DrmException refused)
        {
            answer(refused.Errno, refused.Message);
        }
        catch (Exception failed)
        {
            answer(Errno.EIO, failed.Message);
        }
    }
}
