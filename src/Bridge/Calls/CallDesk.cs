using Akka.Actor;
using DrmActors.Actors.Files;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Bridge.Files;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Wire;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Bridge.Calls;

/// <summary>
/// From a slot to its answer. On the reader thread: what the file's view answers is answered there and then, what wants memory is sent back for it,
/// and the rest is told to the file's actor in the name of the slot's, which finishes it.
/// </summary>
internal static class CallDesk
{
    private const int ProtectionWrite = 2;
    private const int MapType = 15;
    private const int MapPrivate = 2;

    public static void Ioctl(BridgeCore core, BridgedFile file, CallSlot slot)
    {
        Begin(core, file, slot);
        if (file.View.Refusal(slot.Number) is var refused and not Errno.None)
        {
            Refuse(core, slot, refused);
            return;
        }

        var (errno, call) = UapiCodec.Decode(slot.Number, slot.Argument, slot.Memory);
        if (!slot.Memory.Wants && call is ModeAtomic atomic)
            call = atomic with { Unreachable = [.. file.View.PointersOf(atomic).Where(p => !IsReachable(slot, p))] };
        if (slot.Memory.Wants)
        {
            slot.Ask();
            return;
        }

        if (call is SetClientCap { Capability: ClientCapability.Atomic } atomicity)
            call = atomicity with { Caller = ProcessFacts.CommandOf(slot.Region.ProcessId) };
        if (call is IJudgedByCaller judged)
            call = judged.By(new Caller(slot.Region.ProcessId, core.Options.UserId ?? ProcessFacts.UserOf(slot.Region.ProcessId)));
        slot.Call = call;
        if (call is null)
            Refuse(core, slot, errno);
        else if (WaitsForCloses(call))
            DecideAfterCloses(core, file, slot, call);
        else
            Decide(core, file, slot, call);
    }

    // By itself, so that only these calls pay for what the wait has to remember.
    private static void DecideAfterCloses(BridgeCore core, BridgedFile file, CallSlot slot, IIoctl call)
    {
        core.Poller.ServeHangUps();
        // Its own end may have been one of them. From here on that waits for the call, and so the call does not wait for that.
        if (!TryRefuseGone(core, file, slot))
        {
            slot.AwaitsCloses = true;
            core.Barrier.Run(() => core.Reader.Do(() => Decide(core, file, slot, call)));
        }
    }

    // Nobody would answer, or be answered.
    private static bool TryRefuseGone(BridgeCore core, BridgedFile file, CallSlot slot)
    {
        if (core.OpenFiles.ContainsKey(file) && core.Clients.ContainsKey(slot.Region.Id))
            return false;
        Refuse(core, slot, Errno.EBADF);
        return true;
    }

    // The reader thread's.
    private static void Decide(BridgeCore core, BridgedFile file, CallSlot slot, IIoctl call)
    {
        slot.AwaitsCloses = false;
        if (TryRefuseGone(core, file, slot))
            return;
        var named = file.View.DescriptorsOf(call);
        var makes = MakesDescriptors(file.View, call);
        if (named.Length > WireConstants.DescriptorsMax)
        {
            Refuse(core, slot, Errno.EINVAL);
            return;
        }

        if (!slot.Descriptors.Asked.SequenceEqual(named))
        {
            slot.Ask(makes, named);
            return;
        }

        if (!named.IsEmpty)
            call = file.View.With(call, core.Open.Lend(slot.Descriptors, onlyFences: call is ModeAtomic));
        if (file.View.TryAnswer(call) is { } reply)
            Finish(core, slot, reply);
        else if (!makes || SocketEnd.IsEnd(slot.Descriptors.Socket))
            file.Actor.Tell(call, slot.CallTo(file.Actor, carries: call is not ModeAtomic && (makes || !named.IsEmpty)));
        else if (slot.Descriptors.Socket < 0 && named.IsEmpty)
            slot.Ask(socket: true, []);
        else
            Refuse(core, slot, Errno.EINVAL);
    }

    public static void Map(BridgeCore core, BridgedFile file, CallSlot slot)
    {
        Begin(core, file, slot);
        if (slot.Size != System.Runtime.CompilerServices.Unsafe.SizeOf<WireMmap>() || slot.Descriptors.Socket < 0)
        {
            Refuse(core, slot, Errno.EINVAL);
            return;
        }

        var wanted = System.Runtime.InteropServices.MemoryMarshal.Read<WireMmap>(slot.Argument);
        slot.Call = new Mmap(wanted.Offset, wanted.Length);
        if ((wanted.Flags & MapType) == MapPrivate)
            Refuse(core, slot, Errno.EINVAL);
        else if (file.IsReadOnly && (wanted.Protection & ProtectionWrite) != 0)
            Refuse(core, slot, Errno.EACCES);
        else
            file.Actor.Tell(slot.Call, slot.CallTo(file.Actor));
    }

    /// <summary>What its fdinfo tells.</summary>
    public static void Describe(BridgedFile file, CallSlot slot)
    {
        slot.File = file;
        slot.Call = new ReadMemory();
        file.Actor.Tell(slot.Call, slot.CallTo(file.Actor));
    }

    /// <summary>Answers what a descriptor is asked about. No call of the device's, and so none that is traced.</summary>
    public static void Tell(CallSlot slot, ulong size, string text)
    {
        var facts = new WireFacts { Size = size };
        System.Text.Encoding.UTF8.TryGetBytes(text, facts.Text, out var length);
        facts.Length = (uint)length;
        slot.Answer(Errno.None, System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<WireFacts>(in facts)));
    }

    public static void Unmap(SharedRegion region, BridgedFile file, ulong id)
    {
        if (region.Unmapped(id, file))
            file.Actor.Tell(new Munmap(id), ActorRefs.NoSender);
    }

    /// <summary>The caller got a signal: what it waits for may be given up.</summary>
    /// <param name="restarts">
    /// The call would begin again, with the time-out that it had, which is absolute: so it goes on. Only a wait for a vblank ends all the same.
    /// </param>
    public static void Interrupt(CallSlot slot, bool restarts)
    {
        if (!restarts || slot.Call is WaitVblank)
            slot.Callee?.Tell(InterruptCall.Instance, slot.Actor);
    }

    /// <summary>A client is dead: its waits end, and so do its mappings. What its calls still carry is given back before anybody can tell.</summary>
    public static void Bury(BridgeCore core, SharedRegion region)
    {
        foreach (var slot in region.Slots)
        {
            Interrupt(slot, restarts: false);
            if (!slot.Carries && !slot.AwaitsCloses)
                continue;
            var ticket = core.Barrier.Begin(waits: slot.AwaitsCloses);
            // What an answer has made for nobody is closed by then, and hangs up.
            if (!slot.TryAwait(() => core.Reader.Post(() => core.Barrier.End(ticket, core.Poller.ServeHangUps))))
                core.Barrier.End(ticket);
        }

        foreach (var (file, id) in region.TakeMappings())
            file.Actor.Tell(new Munmap(id), ActorRefs.NoSender);
    }

    /// <summary>Answers the client. The reader thread's, or the slot's actor's.</summary>
    public static void Finish(BridgeCore core, CallSlot slot, object reply)
    {
        if (slot.Call is Mmap)
            FinishMap(core, slot, (Reply<MmapRegion>)reply);
        else if (reply is Reply<FileMemory> memory)
            Tell(slot, size: 0, memory.Value is { } used ? UsageText.Of(slot.File!.View, used) : "");
        else if (reply is Reply<LeaseCreated> { Value: LeaseOpened opened })
            core.Reader.Do(() => FinishLease(core, slot, reply, opened));
        else if (reply is IReply { Value: IMakesDescriptors { Made.IsEmpty: false } made })
            core.Reader.Do(() => Answer(core, slot, reply, core.Open.Hand(slot, made.Made) ? null : Errno.EMFILE, default));
        else if (slot.Call is not null)
            Answer(core, slot, reply, errno: null, default);
    }

    /// <summary>Does something when all that was closed until now is given back.</summary>
    public static void AfterCloses(BridgeCore core, Action action)
    {
        core.Poller.ServeHangUps();
        core.Barrier.Run(action);
    }

    private static void FinishMap(BridgeCore core, CallSlot slot, Reply<MmapRegion> reply)
    {
        var errno = reply.Errno;
        Span<byte> argument = stackalloc byte[System.Runtime.CompilerServices.Unsafe.SizeOf<WireMmap>()];
        slot.Argument.CopyTo(argument);
        if (reply.Value is { } mapped)
        {
            if (!slot.Region.TryMap(mapped.MappingId, slot.File!))
                slot.File!.Actor.Tell(new Munmap(mapped.MappingId), ActorRefs.NoSender);
            var wire = System.Runtime.InteropServices.MemoryMarshal.Read<WireMmap>(argument) with { Id = mapped.MappingId };
            System.Runtime.InteropServices.MemoryMarshal.Write(argument, in wire);
            // The mapping holds the block: its descriptor stays open until the client tells the mapping's end, or dies.
            errno = slot.HandMemory(core.Host.Memory, new(mapped.ArenaOffset, mapped.Length, mapped.Stamp), slot.File!.IsReadOnly);
            if (errno != Errno.None)
                Unmap(slot.Region, slot.File!, mapped.MappingId);
        }

        Answer(core, slot, reply, errno, argument);
    }

    // The client's end of the socket is the lessee's descriptor, and this end serves it.
    private static void FinishLease(BridgeCore core, CallSlot slot, object reply, LeaseOpened opened)
    {
        var lessee = (BridgedFile)opened.Events!;
        (lessee.Actor, lessee.View) = (opened.Card.File, opened.Card.View);
        lessee.Connect(slot.Descriptors.TakeSocket());
        core.Serve(lessee);
        var flags = ((ModeCreateLease)slot.Call!).Flags;
        // Who cannot be told of it has none, and that end is closed.
        if (slot.TellsDescriptor)
            slot.Hand(slot.Address + (ulong)UapiCodec.DescriptorOffset(slot.Call!), (uint)flags, lessee.Name);
        Answer(core, slot, reply, errno: null, default);
    }

    /// <summary>Every call begins so.</summary>
    /// <param name="file">Null for a call that is about no card.</param>
    public static void Begin(BridgeCore core, BridgedFile? file, CallSlot slot)
    {
        slot.File = file;
        slot.Start = core.Options.OnCall is null ? 0 : core.Host.Clock.Now;
        core.CountCall();
    }

    // What a fence is told through: a commit that cannot tell it is not done at all.
    private static bool IsReachable(CallSlot slot, ulong pointer) => slot.Memory.CanWrite(pointer, sizeof(int));

    private static bool MakesDescriptors(FileView view, IIoctl call) =>
        UapiCodec.DescriptorOffset(call) >= 0
        || (call is ModeAtomic atomic && !atomic.Flags.HasFlag(AtomicFlags.TestOnly) && view.PointersOf(atomic).Any());

    private static bool WaitsForCloses(IIoctl call) => call is SetMaster or DropMaster or GemOpen or PrimeHandleToFd or PrimeFdToHandle or ModeRmFb or ModeCloseFb or ModeCreateLease or ModeListLessees or ModeRevokeLease;

    public static void Refuse(BridgeCore core, CallSlot slot, Errno errno) => Answer(core, slot, null, errno, default);

    // Where the call was the last to hold a dma-buf, that is given back before it is answered, as in the kernel.
    public static void Answer(BridgeCore core, CallSlot slot, object? reply, Errno? errno, ReadOnlySpan<byte> argument)
    {
        if (core.Open.TakeBack(slot.Descriptors) is { } ended)
            AnswerAfter(core, ended, slot, reply, errno, argument.ToArray());
        else
            AnswerNow(core, slot, reply, errno, argument);
    }

    // By itself, as above.
    private static void AnswerAfter(BridgeCore core, DmaBuf ended, CallSlot slot, object? reply, Errno? errno, byte[] argument) =>
        core.Tell(ended.Exporter.Object, new ListHolders(), _ => Answer(core, slot, reply, errno, argument));

    // Once it is answered the slot is the next call's.
    private static void AnswerNow(BridgeCore core, CallSlot slot, object? reply, Errno? errno, ReadOnlySpan<byte> argument)
    {
        var (file, number, call, start) = (slot.File, slot.Number, slot.Call, slot.Start);
        var result = errno is { } known ? slot.Answer(known, argument) : slot.Answer(reply!);
        core.Options.OnCall?.Invoke(new TracedCall(
            slot.Region.ProcessId, file?.Id ?? 0, file?.Minor ?? -1, number, call, reply, result, start, core.Host.Clock.Now - start));
    }
}
