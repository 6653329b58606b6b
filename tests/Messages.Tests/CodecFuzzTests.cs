using System.Buffers.Binary;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

/// <summary>A million frames as a hostile client would send them: nothing throws, nothing outside the argument changes.</summary>
public sealed class CodecFuzzTests
{
    private const int Frames = 1_000_000;
    private const byte Canary = 0x5a;

    private static readonly object[] Replies =
    [
        Done.Ok,
        Reply<DriverVersion>.Success(new DriverVersion(1, 2, 3, "rockchip", "20140818", "RockChip Soc DRM")),
        new Reply<VersionAgreed>(Errno.EINVAL, new VersionAgreed(1, 4, 1, 0)),
        Reply<UniqueName>.Success(new UniqueName("platform:display-subsystem")),
        Reply<ClientInfo>.Success(new ClientInfo(true, -1, -1)),
        Reply<Magic>.Success(new Magic(uint.MaxValue)),
        Reply<CapValue>.Success(new CapValue(ulong.MaxValue)),
        Reply<DumbBuffer>.Success(new DumbBuffer(new(1), 2, 3)),
        Reply<MapOffset>.Success(new MapOffset(4096)),
        Reply<ModeResources>.Success(new ModeResources([new(1)], [new(2), new(3)], [new(4)], [new(5), new(6)], 0, 4096, 0, 4096)),
        Reply<ModeEncoder>.Success(new ModeEncoder(new(1), EncoderType.Dsi, new(2), 3, 4)),
        Reply<ModeConnector>.Success(new ModeConnector(
            new(1), new(2), ConnectorType.Edp, 1, ConnectorStatus.Unknown, 1, 2, SubpixelOrder.None,
            [new(2), new(3)], [new ModeInfo { Name = "a" }, new ModeInfo { Name = "b" }], [new(new(1), 1), new(new(2), 2)])),
        Reply<ModeCrtc>.Success(new ModeCrtc(new(1), new(2), 3, 4, 5, new ModeInfo())),
        Reply<GammaTable>.Success(new GammaTable([1, 2], [3, 4], [5, 6])),
        Reply<FramebufferAdded>.Success(new FramebufferAdded(new(1))),
        Reply<GemNamed>.Success(new GemNamed(new(1))),
        Reply<GemOpened>.Success(new GemOpened(new(1), ulong.MaxValue)),
        Reply<DmaBufSyncFile>.Success(new DmaBufSyncFile(new(3))),
        Reply<PrimeExported>.Success(new PrimeExported(new(3))),
        Reply<PrimeImported>.Success(new PrimeImported(new(uint.MaxValue))),
        Reply<ModeFb>.Success(new ModeFb(1, 2, 3, 4, 5, new(6))),
        Reply<ModeFb2>.Success(new ModeFb2(1, 2, 3, FramebufferFlags.Modifiers, [new(new(1), 2, 3, 4), default, default, default])),
        Reply<CrtcSequence>.Success(new CrtcSequence(true, ulong.MaxValue, long.MinValue)),
        Reply<SequenceQueued>.Success(new SequenceQueued(ulong.MaxValue)),
        Reply<VblankReply>.Success(new VblankReply(1, long.MinValue)),
        Reply<ModePlaneResources>.Success(new ModePlaneResources([new(1), new(2)])),
        Reply<ModePlane>.Success(new ModePlane(new(1), new(2), new(3), 4, [5, 6])),
        Reply<ModeProperty>.Success(new ModeProperty(new(1), "type", PropertyFlags.Enum, [0, 1], [new(0, "Overlay"), new(1, "Primary")])),
        Reply<ModeObjProperties>.Success(new ModeObjProperties([new(new(1), 1), new(new(2), 2)])),
        Reply<PropBlob>.Success(new PropBlob([1, 2, 3])),
        Reply<PropBlobCreated>.Success(new PropBlobCreated(new(1))),
        AtomicDone.Ok,
        Reply<LeaseCreated>.Success(new LeaseCreated(1)),
        Reply<Lessees>.Success(new Lessees([1, 2])),
        Reply<LeasedObjects>.Success(new LeasedObjects([1, 2, 3])),
        Reply<SwSyncFence>.Success(new SwSyncFence(new(3))),
        Reply<SwSyncDeadline>.Success(new SwSyncDeadline(ulong.MaxValue)),
        Reply<SyncMerged>.Success(new SyncMerged(new(3))),
        Reply<SyncFileInfo>.Success(new SyncFileInfo(new string('n', 40), -5, 2, [new("CRTC:34-crtc-0", "vkms", 1, 7), new("t", "d", 0, 0)])),
        Reply<SyncobjCreated>.Success(new SyncobjCreated(new(1))),
        Reply<SyncobjExported>.Success(new SyncobjExported(new(3))),
        Reply<SyncobjWaited>.Success(new SyncobjWaited(1)),
        Reply<VgemFenceAttached>.Success(new VgemFenceAttached(7)),
        Reply<SyncobjPoints>.Success(new SyncobjPoints([1, 2])),
    ];

    private static readonly IoctlRow[] Rows = [.. IoctlTable.Rows, .. IoctlTable.DriverRows, .. IoctlTable.DescriptorRows];

    private readonly Random _random = new(20140818);
    private readonly ClientMemory _memory = new();

    [Fact]
    public void Codec_should_survive_a_million_random_frames()
    {
        var buffer = new byte[512];
        int decoded = 0;
        int refused = 0;
        for (int i = 0; i < Frames; i++)
        {
            IoctlNumber number = RandomNumber();
            int size = Math.Min(number.Size, 400);
            int length = _random.Next(8) == 0 ? _random.Next(size + 1) : size;
            Fill(buffer, length);

            (Errno errno, IIoctl? call) = UapiCodec.Decode(number, buffer.AsSpan(0, length), _memory);
            Assert.Equal(errno == Errno.None, call is not null);
            if (call is null)
            {
                continue;
            }

            decoded++;
            refused += call is RefusedIoctl ? 1 : 0;
            UapiCodec.Encode(number, call.Fail(Errno.EINVAL), buffer.AsSpan(0, length), _memory);
            UapiCodec.Encode(number, ReplyTo(call), buffer.AsSpan(0, length), _memory);
            if (!buffer.AsSpan(length).TrimStart(Canary).IsEmpty)
            {
                Assert.Fail($"frame {i}: {number} wrote behind its argument");
            }
        }

        Assert.True(decoded > Frames / 2, $"only {decoded} frames were calls");
        Assert.True(refused > Frames / 1000, $"only {refused} calls had unreadable arrays");
    }

    /// <summary>Mostly a call that exists, now and then with another size or direction, or no call at all.</summary>
    private IoctlNumber RandomNumber()
    {
        IoctlNumber number = Rows[_random.Next(Rows.Length)].Number;
        return _random.Next(8) switch
        {
            0 => new IoctlNumber((IoctlDirection)_random.Next(4), number.Type, number.Nr, _random.Next(400)),
            1 => new IoctlNumber((uint)_random.NextInt64(1L << 32)),
            _ => number,
        };
    }

    /// <summary>Noise, in which some words are what a client would write: small counts, and addresses that can be reached.</summary>
    private void Fill(byte[] buffer, int length)
    {
        buffer.AsSpan(length).Fill(Canary);
        _random.NextBytes(buffer.AsSpan(0, length));
        for (int at = 0; at + 8 <= length; at += 4)
        {
            Span<byte> word = buffer.AsSpan(at, 8);
            switch (_random.Next(4))
            {
                case 0:
                    BinaryPrimitives.WriteUInt32LittleEndian(word, (uint)_random.Next(5));
                    break;
                case 1:
                    BinaryPrimitives.WriteUInt64LittleEndian(word, ClientMemory.Start + (ulong)_random.Next(4096));
                    break;
                case 2:
                    BinaryPrimitives.WriteUInt64LittleEndian(word, ulong.MaxValue - (ulong)_random.Next(64));
                    break;
            }
        }
    }

    private static object ReplyTo(IIoctl call)
    {
        Type type = call.Fail(Errno.EINVAL).GetType();
        return Array.Find(Replies, reply => reply.GetType() == type)!;
    }
}
