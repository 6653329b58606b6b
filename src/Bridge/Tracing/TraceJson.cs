using System.Text.Json;
using DrmActors.Messages;

namespace DrmActors.Bridge.Tracing;

/// <summary>
/// A call as an object of JSON: <c>time</c> and <c>duration</c> in nanoseconds, <c>pid</c>, <c>node</c>, <c>file</c>, <c>call</c>,
/// <c>number</c>, <c>argument</c>, <c>result</c>, <c>errno</c> (null on success), <c>answer</c>. Records and arrays as in the text; of an
/// array that is cut, the last element is <c>{"more":N}</c>.
/// </summary>
public static class TraceJson
{
    /// <summary>Writes the object, without a line's end.</summary>
    public static void Write(TracedCall call, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("time", call.Start);
        writer.WriteNumber("duration", call.Duration);
        writer.WriteNumber("pid", call.ProcessId);
        writer.WriteString("node", TraceParts.Node(call.Minor));
        writer.WriteNumber("file", call.File);
        writer.WriteString("call", UapiNames.OfCall(call));
        if (call.Number.Value != 0)
            writer.WriteString("number", call.Number.ToString());
        Record("argument", TraceParts.Argument(call), writer);
        writer.WriteNumber("result", call.Errno == Errno.None ? TraceParts.Result(call) : -1);
        if (call.Errno == Errno.None)
            writer.WriteNull("errno");
        else
            writer.WriteString("errno", call.Errno.ToString());
        Record("answer", TraceParts.Answer(call), writer);
        writer.WriteEndObject();
    }

    private static void Record(string name, object? record, Utf8JsonWriter writer)
    {
        writer.WritePropertyName(name);
        if (record is null)
            writer.WriteNullValue();
        else
            FieldWalk.Walk(record, new Sink(writer));
    }

    private sealed class Sink(Utf8JsonWriter writer) : ITraceSink
    {
        public void BeginRecord(string? name)
        {
            writer.WriteStartObject();
            if (name is not null)
                writer.WriteString("type", name);
        }

        public void Field(string name) => writer.WritePropertyName(name);

        public void EndRecord() => writer.WriteEndObject();

        public void BeginArray() => writer.WriteStartArray();

        public void Cut(int more)
        {
            writer.WriteStartObject();
            writer.WriteNumber("more", more);
            writer.WriteEndObject();
        }

        public void EndArray() => writer.WriteEndArray();

        public void Number(ulong value) => writer.WriteNumberValue(value);

        public void Negative(long value) => writer.WriteNumberValue(value);

        public void Boolean(bool value) => writer.WriteBooleanValue(value);

        public void Symbol(string value) => writer.WriteStringValue(value);

        public void Text(string value) => writer.WriteStringValue(value);

        public void Null() => writer.WriteNullValue();
    }
}
