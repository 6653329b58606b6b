using System.Runtime.InteropServices;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

/// <summary>An ioctl as the kernel gets it: a number, a struct's bytes, the client's memory.</summary>
internal static class Ioctl
{
    public static IoctlNumber NumberOf<TCall>()
        where TCall : IIoctl => IoctlTable.Rows.Concat(IoctlTable.DriverRows).Concat(IoctlTable.DescriptorRows).Single(row => row.Message == typeof(TCall)).Number;

    public static byte[] BytesOf<T>(T argument)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in argument)).ToArray();

    public static TCall Decode<TCall, T>(T argument, ClientMemory? memory = null)
        where TCall : IIoctl
        where T : unmanaged
    {
        (Errno errno, IIoctl? call) = UapiCodec.Decode(NumberOf<TCall>(), BytesOf(argument), memory ?? new ClientMemory());
        Assert.Equal(Errno.None, errno);
        return Assert.IsType<TCall>(call);
    }

    /// <summary>Of a call whose arrays could not be read.</summary>
    public static RefusedIoctl DecodeRefused<TCall, T>(T argument, ClientMemory? memory = null)
        where TCall : IIoctl
        where T : unmanaged
    {
        (Errno errno, IIoctl? call) = UapiCodec.Decode(NumberOf<TCall>(), BytesOf(argument), memory ?? new ClientMemory());
        Assert.Equal(Errno.None, errno);
        RefusedIoctl refused = Assert.IsType<RefusedIoctl>(call);
        Assert.IsType<TCall>(refused.Call);
        return refused;
    }

    public static Errno Encode<TCall, T>(object reply, ref T argument, ClientMemory? memory = null)
        where TCall : IIoctl
        where T : unmanaged =>
        UapiCodec.Encode(NumberOf<TCall>(), reply, MemoryMarshal.AsBytes(new Span<T>(ref argument)), memory ?? new ClientMemory());
}
