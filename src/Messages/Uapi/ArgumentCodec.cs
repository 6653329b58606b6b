using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>The message that an argument means; a <see cref="RefusedIoctl"/> where the message cannot say what was asked.</summary>
internal delegate IIoctl DecodeArgument<TArgument>(in TArgument argument, IClientMemory memory);

/// <summary>Writes a reply into the argument and what it points at; EFAULT keeps what was written before it.</summary>
internal delegate Errno EncodeReply<TArgument, TReply>(ref TArgument argument, TReply reply, IClientMemory memory);

/// <summary>What the kernel clears in an argument even where the call then fails.</summary>
internal delegate void ClearArgument<TArgument>(ref TArgument argument);

/// <summary>How the argument of one ioctl becomes its message, and the reply its argument.</summary>
internal abstract class ArgumentCodec(Type argument, Type message)
{
    public Type Argument => argument;

    public Type Message => message;

    /// <param name="input">The bytes that the call passes in: none without _IOC_WRITE. What is missing reads as 0.</param>
    public abstract IIoctl Decode(ReadOnlySpan<byte> input, IClientMemory memory);

    /// <param name="reply">A <see cref="Reply{T}"/> of the message's own type.</param>
    /// <param name="input">The bytes that the call passed in, as in <see cref="Decode"/>.</param>
    /// <param name="output">Where the argument is written back, cut to this length; may be the same bytes as the input.</param>
    public abstract Errno Encode(object reply, ReadOnlySpan<byte> input, Span<byte> output, IClientMemory memory);
}

/// <summary>The argument of a call that has none (_IO).</summary>
internal struct NoArgument;

internal sealed class ArgumentCodec<TArgument, TCall, TReply>(
    DecodeArgument<TArgument> decode,
    EncodeReply<TArgument, TReply>? encode = null,
    ClearArgument<TArgument>? clear = null) : ArgumentCodec(typeof(TArgument), typeof(TCall))
    where TArgument : unmanaged
    where TCall : class, IIoctl<TReply>
    where TReply : class
{
    public override IIoctl Decode(ReadOnlySpan<byte> input, IClientMemory memory)
    {
        TArgument argument = Read(input);
        return decode(in argument, memory);
    }

    public override Errno Encode(object reply, ReadOnlySpan<byte> input, Span<byte> output, IClientMemory memory)
    {
        var answer = (Reply<TReply>)reply;
        if (answer.Errno == Errno.ENODEV)
        {
            // A device that is gone is noticed before anything is copied.
            return Errno.ENODEV;
        }

        TArgument argument = Read(input);
        Errno fault = Errno.None;
        if (!answer.Ok)
        {
            clear?.Invoke(ref argument);
        }

        if (answer.Value is not null && encode is not null)
        {
            fault = encode(ref argument, answer.Value, memory);
        }

        if (input.IsEmpty)
        {
            output.Clear();
        }

        Span<byte> bytes = BytesOf(ref argument);
        bytes[..Math.Min(bytes.Length, output.Length)].CopyTo(output);
        return answer.Ok ? fault : answer.Errno;
    }

    private static TArgument Read(ReadOnlySpan<byte> input)
    {
        TArgument argument = default;
        Span<byte> bytes = BytesOf(ref argument);
        input[..Math.Min(bytes.Length, input.Length)].CopyTo(bytes);
        return argument;
    }

    private static Span<byte> BytesOf(ref TArgument argument) =>
        MemoryMarshal.AsBytes(new Span<TArgument>(ref argument));
}
