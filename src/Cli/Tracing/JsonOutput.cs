using System.Text.Json;
using DrmActors.Bridge;
using DrmActors.Bridge.Tracing;

namespace DrmActors.Cli.Tracing;

/// <summary>An object of JSON a line.</summary>
internal sealed class JsonOutput(Stream stream) : ITraceOutput
{
    private readonly BufferedStream _stream = new(stream, 32 * 1024);

    public void Write(TracedCall call)
    {
        using (var writer = new Utf8JsonWriter(_stream))
            TraceJson.Write(call, writer);
        _stream.WriteByte((byte)'\n');
    }

    public void Flush() => _stream.Flush();

    public void Dispose() => _stream.Dispose();
}
