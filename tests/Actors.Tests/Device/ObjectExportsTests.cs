using Akka.Actor;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.Gem;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>What an object has been exported as, while handles come and go.</summary>
public sealed class ObjectExportsTests : TestKit
{
    private const ulong File = 7;
    private ArenaBlock _block;

    [Fact]
    public async Task Each_that_is_held_should_hold_the_object_whatever_order_they_end_in()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (exports, reference) = Make(rig);
        var buffers = new DmaBuf[3];
        for (var i = 0; i < buffers.Length; i++)
        {
            Assert.Equal(Errno.None, exports.Export(reference, isWritable: true, out var made));
            Assert.Equal(Errno.None, exports.Export(reference, isWritable: false, out var again));
            Assert.Same(made, again);
            Assert.True(exports.HasKept && made!.IsWritable);
            // A descriptor keeps it when the last handle goes; the next export is of another.
            Assert.True(made.TryHold());
            Assert.True(exports.TryLetGo());
            Assert.False(exports.HasKept);
            buffers[i] = made;
        }

        Assert.Equal(buffers, exports.Held);
        foreach (var (ends, left) in ((int, int[])[])[(1, [0, 2]), (0, [2]), (2, [])])
        {
            Assert.True(exports.IsHolding);
            exports.Forget(buffers[ends].Holder.Id);
            exports.Forget(id: 99);
            Assert.Equal(left.Select(i => buffers[i]), exports.Held);
            buffers[ends].Drop();
        }

        Assert.False(exports.IsHolding);
        rig.Arena.Free(_block);
    }

    [Fact]
    public async Task A_handle_by_an_import_should_keep_it_and_be_taken_in_before_it_is_let_go()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (exports, reference) = Make(rig);
        Assert.Null(exports.TakeImporters());
        exports.Export(reference, isWritable: true, out var buffer);
        Assert.True(buffer!.TryHold() && exports.TryLetGo() && buffer.TryHold());

        Assert.Equal(Errno.None, exports.Import(File, buffer));

        Assert.True(exports.HasKept);
        Assert.False(exports.TryLetGo());
        Assert.Equal([File], exports.TakeImporters()!);
        Assert.Null(exports.TakeImporters());
        buffer.Drop();
        // Kept by the object alone: with the last handle it ends.
        Assert.True(exports.TryLetGo());
        Assert.False(exports.IsHolding || buffer.TryHold());
        rig.Arena.Free(_block);
    }

    [Fact]
    public async Task An_object_that_has_ended_should_neither_be_exported_nor_imported()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (exports, reference) = Make(rig);
        exports.Export(reference, isWritable: true, out var buffer);
        Assert.True(buffer!.TryHold());
        exports.Lose();

        Assert.True(buffer.IsLost);
        Assert.False(exports.HasKept || exports.IsHolding);
        Assert.Equal(Errno.ENODEV, exports.Export(reference, isWritable: true, out _));
        Assert.Equal(Errno.ENODEV, exports.Import(File, buffer));
        Assert.Null(exports.TakeImporters());
        // The hold has stayed with whoever imported; after him the memory is nobody's.
        buffer.Drop();
        Assert.False(buffer.TryHold());
        rig.Arena.Free(_block);
    }

    private (ObjectExports Exports, GemReference Reference) Make(DeviceRig rig)
    {
        var services = new GemServices(rig.Arena, rig.Driver, rig.Descriptors, new(), ActorRefs.Nobody);
        var status = new ObjectStatus(services, isImported: false);
        Assert.Equal(Errno.None, rig.Arena.TryAllocate(4096, ArenaBacking.Shared, out var block));
        _block = block;
        return (status.Exports, new GemReference(ActorRefs.Nobody, 1, block, new(), status));
    }
}
