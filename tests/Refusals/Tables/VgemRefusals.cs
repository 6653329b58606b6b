using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Scene;

namespace DrmActors.Refusals.Tables;

/// <summary>Fences by hand, which only vgem has, and no screen: flags and padding, then what is named, then who is at it.</summary>
internal static class VgemRefusals
{
    private const uint Read = 0;
    private const uint Write = VgemFenceAttach.Write;
    private const uint UnknownFlag = 2;
    private const uint First = 1;

    public static IEnumerable<Refusal> All => Attach.Concat(Used).Concat(Signal).Concat(Signalled).Select(r => r with { Board = "vgem" });

    private static IEnumerable<Refusal> Attach =>
    [
        new("VGEM_FENCE_ATTACH", "an unknown flag, before the handle", EINVAL, _ => Bytes(new vgem_fence_attach { handle = Unknown, flags = UnknownFlag })),
        new("VGEM_FENCE_ATTACH", "an unknown flag beside one that there is", EINVAL, s => Bytes(Fence(s, Write | UnknownFlag))),
        new("VGEM_FENCE_ATTACH", "padding, before the handle", EINVAL, _ => Bytes(new vgem_fence_attach { handle = Unknown, pad = 1 })),
        new("VGEM_FENCE_ATTACH", "padding", EINVAL, s => Bytes(Fence(s, Write) with { pad = 1u << 31 })),
        new("VGEM_FENCE_ATTACH", "0", ENOENT, _ => Bytes(default(vgem_fence_attach))),
        new("VGEM_FENCE_ATTACH", "not held", ENOENT, _ => Bytes(new vgem_fence_attach { handle = Unknown })),
        new("VGEM_FENCE_ATTACH", "another file's", ENOENT, s => Bytes(Fence(s, Write))) { By = Caller.Other },
        // Its fence may be there for as long as the scene is.
        new("VGEM_FENCE_ATTACH", "what is only written back is not looked at", None, s => Bytes(Fence(s, Read) with { out_fence = Unknown })),
    ];

    private static IEnumerable<Refusal> Used =>
    [
        new("VGEM_FENCE_ATTACH", "a read of what is written", EBUSY, s => Bytes(Fence(s, Read))) { Before = WriteAsync },
        new("VGEM_FENCE_ATTACH", "a write of what is written", EBUSY, s => Bytes(Fence(s, Write))) { Before = WriteAsync },
        new("VGEM_FENCE_ATTACH", "a write of what is read", EBUSY, s => Bytes(Fence(s, Write))) { Before = ReadAsync },
        new("VGEM_FENCE_ATTACH", "a read of what is read is fine", None, s => Bytes(Fence(s, Read))) { Before = ReadAsync },
        new("VGEM_FENCE_ATTACH", "an unknown flag, before who is at it", EINVAL, s => Bytes(Fence(s, UnknownFlag))) { Before = WriteAsync },
        new("VGEM_FENCE_ATTACH", "padding, before who is at it", EINVAL, s => Bytes(Fence(s, Read) with { pad = 1 })) { Before = WriteAsync },
        new("VGEM_FENCE_ATTACH", "a write of what has been written is fine", None, s => Bytes(Fence(s, Write))) { Before = WriteAndSignalAsync },
    ];

    private static IEnumerable<Refusal> Signal =>
    [
        new("VGEM_FENCE_SIGNAL", "a flag, before the fence", EINVAL, _ => Bytes(new vgem_fence_signal { fence = Unknown, flags = 1 })),
        new("VGEM_FENCE_SIGNAL", "0", ENOENT, _ => Bytes(default(vgem_fence_signal))),
        new("VGEM_FENCE_SIGNAL", "none", ENOENT, _ => Bytes(new vgem_fence_signal { fence = Unknown })),
        new("VGEM_FENCE_SIGNAL", "beyond any", ENOENT, _ => Bytes(new vgem_fence_signal { fence = uint.MaxValue })),
    ];

    private static IEnumerable<Refusal> Signalled =>
    [
        new("VGEM_FENCE_SIGNAL", "a flag", EINVAL, _ => Bytes(new vgem_fence_signal { fence = First, flags = 1u << 31 })) { Before = WriteAsync },
        new("VGEM_FENCE_SIGNAL", "another file's", ENOENT, _ => Bytes(new vgem_fence_signal { fence = First })) { By = Caller.Other, Before = WriteAsync },
        new("VGEM_FENCE_SIGNAL", "the next one", ENOENT, _ => Bytes(new vgem_fence_signal { fence = First + 1 })) { Before = WriteAsync },
        new("VGEM_FENCE_SIGNAL", "one's own is fine", None, _ => Bytes(new vgem_fence_signal { fence = First })) { Before = WriteAsync },
        new("VGEM_FENCE_SIGNAL", "for the second time", ENOENT, _ => Bytes(new vgem_fence_signal { fence = First })) { Before = WriteAndSignalAsync },
    ];

    private static vgem_fence_attach Fence(Scene scene, uint flags) => new() { handle = scene.SmallBuffer.handle, flags = flags };

    private static Task ReadAsync(Scene scene) => AttachAsync(scene, Read);

    private static Task WriteAsync(Scene scene) => AttachAsync(scene, Write);

    private static async Task WriteAndSignalAsync(Scene scene)
    {
        await WriteAsync(scene);
        await scene.CallAsync(scene.Master, "VGEM_FENCE_SIGNAL", new vgem_fence_signal { fence = First });
    }

    private static async Task AttachAsync(Scene scene, uint flags) =>
        Assert.Equal(First, (await scene.CallAsync(scene.Master, "VGEM_FENCE_ATTACH", Fence(scene, flags))).out_fence);
}
