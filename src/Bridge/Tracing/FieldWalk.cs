using System.Collections;
using System.Globalization;
using DrmActors.Messages;

namespace DrmActors.Bridge.Tracing;

/// <summary>Takes a record of the messages apart, whichever it is.</summary>
internal static class FieldWalk
{
    private const int ElementsShown = 8;

    public static void Walk(object record, ITraceSink sink)
    {
        var shape = RecordShape.Of(record.GetType());
        sink.BeginRecord(record is DrmEvent ? shape.Name : null);
        foreach (var field in shape.Fields)
        {
            sink.Field(field.Name);
            Value(field.Of(record), field.Format, sink);
        }

        sink.EndRecord();
    }

    private static void Value(object? value, FieldFormat format, ITraceSink sink)
    {
        switch (value)
        {
            case null:
                sink.Null();
                break;
            case bool flag:
                sink.Boolean(flag);
                break;
            case Enum constant:
                sink.Symbol(EnumNames.Of(constant));
                break;
            case string text:
                sink.Text(text);
                break;
            case ModeInfo mode:
                sink.Symbol(mode.ToString());
                break;
            case ReadOnlyMemory<byte> bytes:
                Elements(bytes.ToArray(), bytes.Length, format, sink);
                break;
            // An array that nobody made, and that none of its members may be asked of.
            case IList when value is ValueType && value.Equals(Activator.CreateInstance(value.GetType())):
                sink.Null();
                break;
            case IList list:
                Elements(list, list.Count, format, sink);
                break;
            case int or long or short or sbyte:
                Signed(Convert.ToInt64(value, CultureInfo.InvariantCulture), sink);
                break;
            case uint or ulong or ushort or byte:
                Unsigned(Convert.ToUInt64(value, CultureInfo.InvariantCulture), format, sink);
                break;
            default:
                if (RecordShape.Of(value.GetType()).Id is { } id)
                    Value(id.GetValue(value), format, sink);
                else
                    Walk(value, sink);
                break;
        }
    }

    private static void Elements(IList list, int count, FieldFormat format, ITraceSink sink)
    {
        sink.BeginArray();
        for (var i = 0; i < Math.Min(count, ElementsShown); i++)
            Value(list[i], format, sink);
        if (count > ElementsShown)
            sink.Cut(count - ElementsShown);
        sink.EndArray();
    }

    private static void Signed(long value, ITraceSink sink)
    {
        if (value < 0)
            sink.Negative(value);
        else
            sink.Number((ulong)value);
    }

    private static void Unsigned(ulong value, FieldFormat format, ITraceSink sink)
    {
        switch (format)
        {
            case FieldFormat.Hex:
                sink.Symbol(string.Create(CultureInfo.InvariantCulture, $"0x{value:x}"));
                break;
            case FieldFormat.Fourcc:
                sink.Symbol(FourccNames.Of((uint)value));
                break;
            default:
                sink.Number(value);
                break;
        }
    }
}
