using Akka.Event;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Scanout;

// Writeback connectors: the first frame of a commit, into framebuffers as well as to the screen.
internal sealed partial class VopActor
{
    // Before anybody hears of the commit: who has its event, or its answer, has the frame.
    private void WriteBack(Latch commit, long time)
    {
        foreach (var (target, written, _) in commit.Writebacks)
        {
            var isThere = IsLit && _reader.TryWrite(_state.Mode!, _shown, target);
            if (!isThere)
                _log.Warning("{0}: {1} has no memory any more to write a frame to", _vop.Name, target.Id);
            written?.Signal(time, isThere ? Errno.None : Errno.EIO);
        }
    }
}
