using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>
/// Boards that programs pull out and put in, one after the other in the order in which they say so: a stream does not wait for what comes of it. Of the
/// bridge's thread.
/// </summary>
internal sealed class BoardChanges
{
    private Task _last = Task.CompletedTask;

    /// <summary>Runs what it is given when the files are as the boards are by now.</summary>
    public Action<Action> WhenShown { get; set; } = static then => then();

    /// <param name="answer">Once, on any thread, and when the files show what has come of it.</param>
    public async void Run(Func<Task> change, Action<Errno> answer)
    {
        var (before, done) = (_last, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _last = done.Task;
        await before;
        var errno = await OutcomeOf(change);
        WhenShown(() => answer(errno));
        done.SetResult();
    }

    private static async Task<Errno> OutcomeOf(Func<Task> change)
    {
        try
        {
            await change();
            return Errno.None;
        }
        catch (DrmBootException failed)
        {
            return failed.Errno;
        }
        catch (DrmException refused)
        {
            return refused.Errno;
        }
        catch (Exception)
        {
            // The host ends.
            return Errno.ENODEV;
        }
    }
}
