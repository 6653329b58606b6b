using System.Globalization;
using System.Text;
using DrmActors.Messages;

namespace DrmActors.Bridge.Tracing;

/// <summary>
/// A call as strace would write it:
/// <code>[pid 123] card0 DRM_IOCTL_MODE_CREATE_DUMB {width=64, height=64, bpp=32, flags=0} = 0 {handle=1, pitch=256, size=16384} &lt;0.000012&gt;</code>
/// </summary>
public sealed class TraceText
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly StringBuilder _text;
    private readonly Sink _sink;

    public TraceText(StringBuilder text)
    {
        _text = text;
        _sink = new Sink(text);
    }

    /// <summary>Appends the call's line, with its end.</summary>
    public void Append(TracedCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        _text.Append(CultureInfo.InvariantCulture, $"[pid {call.ProcessId}] {TraceParts.Node(call.Minor)} {UapiNames.OfCall(call)}");
        Record(TraceParts.Argument(call));
        if (call.Errno == Errno.None)
            _text.Append(CultureInfo.InvariantCulture, $" = {TraceParts.Result(call)}");
        else
            _text.Append(CultureInfo.InvariantCulture, $" = -1 {call.Errno}");
        Record(TraceParts.Answer(call));
        _text.Append(CultureInfo.InvariantCulture, $" <{call.Duration / NanosecondsPerSecond:0.000000}>\n");
    }

    private void Record(object? record)
    {
        if (record is null || RecordShape.Of(record.GetType()).Fields.Length == 0)
            return;
        _text.Append(' ');
        _sink.Begin();
        FieldWalk.Walk(record, _sink);
    }

    private sealed class Sink(StringBuilder text) : ITraceSink
    {
        private bool _first = true;

        public void Begin() => _first = true;

        public void BeginRecord(string? name)
        {
            Element();
            text.Append('{').Append(name);
            _first = name is null;
        }

        public void Field(string name)
        {
            Element();
            text.Append(name).Append('=');
            _first = true;
        }

        public void EndRecord() => End('}');

        public void BeginArray()
        {
            Element();
            text.Append('[');
            _first = true;
        }

        public void Cut(int more)
        {
            Element();
            text.Append(CultureInfo.InvariantCulture, $"... {more} more");
        }

        public void EndArray() => End(']');

        public void Number(ulong value)
        {
            Element();
            text.Append(CultureInfo.InvariantCulture, $"{value}");
        }

        public void Negative(long value)
        {
            Element();
            text.Append(CultureInfo.InvariantCulture, $"{value}");
        }

        public void Boolean(bool value) => Symbol(value ? "1" : "0");

        public void Symbol(string value)
        {
            Element();
            text.Append(value);
        }

        public void Text(string value)
        {
            Element();
            text.Append('"');
            foreach (var letter in value)
                Letter(letter);
            text.Append('"');
        }

        public void Null() => Symbol("NULL");

        private void Letter(char letter)
        {
            if (letter is '"' or '\\')
                text.Append('\\').Append(letter);
            else if (letter is < ' ' or '\x7f')
                text.Append(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}");
            else
                text.Append(letter);
        }

        private void Element()
        {
            if (!_first)
                text.Append(", ");
            _first = false;
        }

        private void End(char bracket)
        {
            text.Append(bracket);
            _first = false;
        }
    }
}
