using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>
/// Where a file's events go when its reader is another process, which reads them from a descriptor and not by calls. Called by the file's
/// actor only; never waits.
/// </summary>
internal interface IEventSink
{
    /// <summary>Bytes of event space of what was delivered and not read yet.</summary>
    int Unread { get; }

    /// <summary>There is room: the space was reserved before, and <see cref="Unread"/> counted.</summary>
    void Deliver(DrmEvent drmEvent);

    /// <summary>No event comes any more, for the device is gone: whoever reads finds what there is, and then ENODEV. Also after the close.</summary>
    void End();

    /// <summary>The same for a new file of the same process, by a lease. Null where the process can have no more (EMFILE).</summary>
    IEventSink? MakeAnother();

    /// <summary>No file uses it after all.</summary>
    void Discard();
}
