using System.Collections.Immutable;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Prime;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Messages;

namespace DrmActors.Bridge.Descriptors;

/// <summary>
/// The dma-bufs, sync files and syncobjs that clients have open, as the kernel knows their descriptors: a pipe each. What a descriptor of a client is,
/// its inode says, and not the client. The reader thread's, but for <see cref="TakeBack"/>.
/// </summary>
internal sealed class OpenDescriptions(BridgeCore core)
{
    // What is open nowhere: a number that no table gives out.
    private static readonly Descriptor Nowhere = new(int.MaxValue);

    private readonly DescriptorTable _host = core.Host.Descriptors;
    private readonly Dictionary<FileIdentity, DescriptionPipe> _byFile = [];
    private readonly Dictionary<Description, DescriptionPipe> _byDescription = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<Description> All => _byDescription.Keys;

    /// <summary>What a client's descriptor is; null where it is none of ours, or not open.</summary>
    public Description? Find(int descriptor) => FindPipe(descriptor)?.Description;

    /// <inheritdoc cref="Find"/>
    public DescriptionPipe? FindPipe(int descriptor) =>
        FileIdentity.Of(descriptor) is { } file ? _byFile.GetValueOrDefault(file) : null;

    /// <summary>Numbers of the host for what a call names, until it is answered.</summary>
    /// <param name="onlyFences">Nothing else could be of use to it: a call that may wait for long holds no dma-buf meanwhile.</param>
    public ImmutableArray<Descriptor> Lend(SlotDescriptors call, bool onlyFences = false)
    {
        var first = call.Lent.Count;
        for (var i = 0; i < call.Named.Count; i++)
            call.Lent.Add(Lend(call, i, onlyFences));
        call.CloseNamed();
        return [.. call.Lent.Skip(first)];
    }

    /// <summary>The same for what a call is about.</summary>
    public Descriptor LendAbout(SlotDescriptors call)
    {
        var lent = Find(call.About) is { } description ? _host.Add(description) : Nowhere;
        call.Lent.Add(lent);
        call.CloseAbout();
        return lent;
    }

    /// <summary>The call is done with. Any thread.</summary>
    /// <returns>A dma-buf that this was the end of: there may be more to take back when its object has heard of that. Else null.</returns>
    public DmaBuf? TakeBack(SlotDescriptors call)
    {
        while (call.Lent.Count > 0)
        {
            var lent = call.Lent[^1];
            call.Lent.RemoveAt(call.Lent.Count - 1);
            var buffer = _host.Find(lent) as DmaBuf;
            _host.Close(lent);
            if (buffer is { HasEnded: true })
                return buffer;
        }

        return null;
    }

    /// <summary>Sends the client of a call what it has made, and closes the host's own descriptors of that. False where there can be no more.</summary>
    public bool Hand(CallSlot slot, ImmutableArray<MadeDescriptor> made)
    {
        // A number that goes nowhere is nobody's to close.
        foreach (var untold in made.Where(m => m.Pointer == 0 && !slot.TellsDescriptor))
            _host.Close(untold.Descriptor);
        made = made.RemoveAll(m => m.Pointer == 0 && !slot.TellsDescriptor);
        if (made.IsEmpty)
            return true;
        var real = new List<int>(made.Length);
        foreach (var one in made)
        {
            if (OpenForClient(one.Descriptor) is var opened and >= 0)
                real.Add(opened);
        }

        var socket = slot.Descriptors.Socket;
        var all = real.Count == made.Length && made.Length <= Wire.WireConstants.DescriptorsMax
            && SocketEnd.Send(socket, [0], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(real));
        real.ForEach(slot.Descriptors.Add);
        if (!all)
            return false;
        var place = slot.Address + (ulong)Math.Max(0, Messages.Uapi.UapiCodec.DescriptorOffset(slot.Call!));
        foreach (var one in made)
            slot.Hand(one.Pointer != 0 ? one.Pointer : place, one.CloseOnExec ? (uint)Sys.CloseOnExec : 0);
        return true;
    }

    /// <summary>A descriptor for a client of what the host has opened for it, in place of the host's own. -1 where there can be no more.</summary>
    public int OpenForClient(Descriptor made)
    {
        var opened = _host.Find(made) is { } description && PipeOf(description) is { } pipe ? pipe.OpenForClient() : -1;
        _host.Close(made);
        return opened;
    }

    /// <summary>Nobody is served any more.</summary>
    public void Close()
    {
        foreach (var pipe in _byDescription.Values.ToList())
            pipe.OnHangUp();
    }

    internal void Forget(DescriptionPipe pipe)
    {
        _byFile.Remove(pipe.File);
        _byDescription.Remove(pipe.Description);
    }

    private Descriptor Lend(SlotDescriptors call, int index, bool onlyFences)
    {
        var descriptor = call.Named[index];
        if (descriptor < 0 || Sys.IsPath(descriptor))
            return Nowhere;
        var known = Find(descriptor);
        if (onlyFences && known is not SyncFile)
            return _host.Add(new ForeignFile());
        var lent = _host.Add(known ?? (ClientEvent.Is(descriptor) ? new ClientEvent(call.TakeNamed(index)) : new ForeignFile()));
        return lent.IsNone ? Nowhere : lent;
    }

    private DescriptionPipe? PipeOf(Description description)
    {
        if (_byDescription.TryGetValue(description, out var known))
            return known;
        if (DescriptionPipe.Create(core, description) is not { } pipe)
            return null;
        _byFile.Add(pipe.File, pipe);
        _byDescription.Add(description, pipe);
        return pipe;
    }
}
