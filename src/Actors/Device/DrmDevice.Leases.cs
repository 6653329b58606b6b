using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms.Leases;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// Leases: part of the device, lent by its master to a file of its own. The lease stands in the lessee's view, and goes with it.
internal sealed partial class DrmDevice
{
    private Reply<LeaseCreated> CreateLease(ulong lessor, ModeCreateLease call)
    {
        var file = _files[lessor];
        var lent = LeasesOf(lessor).ToList();
        var universalPlanes = file.View.Caps.OfModes.UniversalPlanes;
        var errno = LeaseCheck.Build(_view.State, call, file.View.Lease, universalPlanes, lent, out var objects);
        if (errno != Errno.None)
            return Reply<LeaseCreated>.Failed(errno);
        var events = file.Events?.MakeAnother();
        if (file.Events is not null && events is null)
            return Reply<LeaseCreated>.Failed(Errno.EMFILE);
        var lease = new Lease(LeaseCheck.NextLessee(lent), lessor, objects);
        var opened = Open(file.View.Credentials, events, lease, isRender: false);
        if (opened.Value is { } card)
            return Reply<LeaseCreated>.Success(new LeaseOpened(lease.Lessee, card, events));
        events?.Discard();
        return Reply<LeaseCreated>.Failed(opened.Errno);
    }

    private Errno RevokeLease(ulong lessor, uint lessee)
    {
        // A lessee looks among the leases of the one who owns the device, and may revoke none of them.
        var owner = _files[lessor].View.Lease?.Lessor ?? lessor;
        var found = _files.Values.FirstOrDefault(f => f.View.Lease is { } lease && lease.Lessor == owner && lease.Lessee == lessee);
        if (found is null)
            return Errno.ENOENT;
        if (owner != lessor)
            return Errno.EACCES;
        found.View.Lease = found.View.Lease!.Revoked();
        return Errno.None;
    }

    // A master that closes lends nothing any more.
    private void RevokeAllOf(ulong lessor)
    {
        foreach (var file in _files.Values)
            if (file.View.Lease is { } lease && lease.Lessor == lessor)
                file.View.Lease = lease.Revoked();
    }

    private IEnumerable<Lease> LeasesOf(ulong lessor) =>
        _files.Values.Select(f => f.View.Lease).OfType<Lease>().Where(l => l.Lessor == lessor);
}
