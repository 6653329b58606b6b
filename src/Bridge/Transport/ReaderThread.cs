#pragma warning disable RS0030 // One thread waits for what other processes send.
namespace DrmActors.Bridge.Transport;

/// <summary>The one thread of the bridge.</summary>
internal static class ReaderThread
{
}
