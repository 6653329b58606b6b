using DrmActors.Bridge;

namespace DrmActors.Cli.Tracing;

/// <summary>Where traced calls go, one after the other.</summary>
internal interface ITraceOutput : IDisposable
{
    void Write(TracedCall call);

    void Flush();
}
