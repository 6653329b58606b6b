using Akka.Actor;
using DrmActors.Bridge.Files;
using DrmActors.Hosting;
using DrmActors.Hosting.Control;
using DrmActors.Messages;

namespace DrmActors.Bridge.Transport;

/// <summary>Commands that come over the bridge's socket.</summary>
internal static class ControlDesk
{
    /// <param name="answer">Once, on any thread: EINVAL for a command that cannot be carried out, else what the card answered; and the text for it.</param>
    public static void Run(BridgeCore core, ReadOnlySpan<byte> json, Action<Errno, string> answer)
    {
        try
        {
            Answer(core, ControlCommand.Parse(json).RunAsync(core.Host), answer);
        }
        catch (ControlException wrong)
        {
            answer(Errno.EINVAL, wrong.Message);
        }
    }

    // Who is answered sees the files that the command has made of the cards.
    private static async void Answer(BridgeCore core, Task<string> command, Action<Errno, string> answer)
    {
        try
        {
            var text = await command;
            core.News.Tell(new CardNews.Flush(() => answer(Errno.None, text)), ActorRefs.NoSender);
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
