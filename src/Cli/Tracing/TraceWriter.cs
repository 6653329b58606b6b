using System.Threading.Channels;
using DrmActors.Bridge;
using DrmActors.Cli.Serving;

namespace DrmActors.Cli.Tracing;

/// <summary>Writes calls down behind the back of who made them. Those that come faster than they can be written are counted, not waited for.</summary>
internal sealed class TraceWriter : IAsyncDisposable
{
    private const int Waiting = 1 << 16;

    private readonly Channel<TracedCall> _calls =
        Channel.CreateBounded<TracedCall>(new BoundedChannelOptions(Waiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly IReadOnlyList<ITraceOutput> _outputs;
    private readonly Task _written;
    private long _lost;

    public TraceWriter(IReadOnlyList<ITraceOutput> outputs)
    {
        _outputs = outputs;
        _written = WriteAsync();
    }

    /// <summary>Null where no trace is asked for.</summary>
    public static TraceWriter? Start(ServingOptions options)
    {
        var outputs = new List<ITraceOutput>();
        if (options.TraceJson is { } file)
            outputs.Add(new JsonOutput(Create(file)));
        if (options.Trace)
            outputs.Add(new TextOutput(Console.OpenStandardError()));
        return outputs.Count == 0 ? null : new TraceWriter(outputs);
    }

    /// <summary>On any thread; does not wait.</summary>
    public void Add(TracedCall call)
    {
        if (!_calls.Writer.TryWrite(call))
            Interlocked.Increment(ref _lost);
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Writer.TryComplete();
        await _written;
        if (_lost > 0)
            Stderr.Say($"trace: {_lost} calls came too fast, and were not written");
        foreach (var output in _outputs)
            output.Dispose();
    }

    private static FileStream Create(string file)
    {
        try
        {
            return File.Create(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--trace-json {file}", e.Message, "a file that can be written");
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (await _calls.Reader.WaitToReadAsync())
            {
                while (_calls.Reader.TryRead(out var call))
                    foreach (var output in _outputs)
                        output.Write(call);
                foreach (var output in _outputs)
                    output.Flush();
            }
        }
        catch (IOException e)
        {
            _calls.Writer.TryComplete();
            Stderr.Say($"trace: {e.Message}");
        }
    }
}
