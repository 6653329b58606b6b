using System.Text;
using System.Text.Json;
using DrmActors.Bridge.Tracing;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Bridge.Tests.Tracing;

/// <summary>Calls as they are traced, and what is written of them.</summary>
internal static class Traced
{
    public static TracedCall Call(IIoctl? call, object? reply = null, Errno errno = Errno.None, uint number = 0, int minor = 0) =>
        new(123, 7, minor, call is not null && IoctlTable.RowOf(call) is { } row ? row.Number : new IoctlNumber(number), call, reply, errno, 5_000, 12_345);

    public static string Text(TracedCall call)
    {
        var text = new StringBuilder();
        new TraceText(text).Append(call);
        return text.ToString();
    }

    public static JsonElement Json(TracedCall call)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            TraceJson.Write(call, writer);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
