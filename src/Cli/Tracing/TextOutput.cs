using System.Text;
using DrmActors.Bridge;
using DrmActors.Bridge.Tracing;

namespace DrmActors.Cli.Tracing;

/// <summary>Lines of text, each written as a whole.</summary>
internal sealed class TextOutput : ITraceOutput
{
    private const int FlushAt = 32 * 1024;

    private readonly Stream _stream;
    private readonly StringBuilder _text = new();
    private readonly TraceText _lines;

    public TextOutput(Stream stream)
    {
        _stream = stream;
        _lines = new TraceText(_text);
    }

    public void Write(TracedCall call)
    {
        _lines.Append(call);
        if (_text.Length >= FlushAt)
            Flush();
    }

    public void Flush()
    {
        if (_text.Length == 0)
            return;
        _stream.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }

    public void Dispose() => _stream.Dispose();
}
