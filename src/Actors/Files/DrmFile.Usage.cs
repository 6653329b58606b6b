using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Gem;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

// What the file's objects need, and what they hold.
internal sealed partial class DrmFile
{
    private void Advise(AdviseObject advise)
    {
        if (_handles.Find(advise.Handle) is not { } reference)
            Sender.Tell(Reply<ObjectAdvised>.Failed(Errno.ENOENT));
        else if (!_view.Driver.TakesAdvice)
            Sender.Tell(Reply<ObjectAdvised>.Failed(Errno.EOPNOTSUPP));
        else
            reference.Object.Forward(advise);
    }

    // Each handle counts, as in the kernel; an object that is about to be used is not purgeable, whatever its client says.
    private FileMemory Measure()
    {
        var (total, shared, active, resident, purgeable) = (0L, 0L, 0L, 0L, 0L);
        foreach (var (_, reference) in _handles.Held)
        {
            var size = reference.Block.Length;
            var touched = ResidentBytesOf(reference);
            var isIdle = reference.Reservation.IsIdle(FenceUsage.Read);
            total += size;
            shared += reference.Status.IsShared ? size : 0;
            active += isIdle ? 0 : size;
            resident += touched;
            purgeable += isIdle && reference.Status.Advice == ObjectAdvice.NotNeeded ? touched : 0;
        }

        return new FileMemory(total, shared, active, resident, purgeable);
    }

    // An object whose actor has crashed has none, and its handle stays.
    private long ResidentBytesOf(GemReference reference)
    {
        try
        {
            return _view.Arena.ResidentBytes(reference.Block);
        }
        catch (ArgumentException)
        {
            return 0;
        }
    }
}
