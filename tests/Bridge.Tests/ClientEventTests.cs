using DrmActors.Bridge.Descriptors;
using DrmActors.Bridge.Native;

namespace DrmActors.Bridge.Tests;

/// <summary>A pipe in the place of an eventfd: its other end tells how often it was counted, and that it was closed.</summary>
public sealed class ClientEventTests
{
    [Fact]
    public unsafe void It_should_count_once_and_be_closed()
    {
        var ends = stackalloc int[2];
        Assert.Equal(0, Sys.Pipe(ends, Sys.CloseOnExec | Sys.NonBlock));
        var counter = new ClientEvent(ends[1]);

        counter.Add(3);
        counter.Add(5);

        var counts = stackalloc ulong[4];
        Assert.Equal(sizeof(ulong), Sys.Read(ends[0], counts, 4 * sizeof(ulong)));
        Assert.Equal(3ul, counts[0]);
        Assert.Equal(0, Sys.Read(ends[0], counts, sizeof(ulong)));
        Sys.Close(ends[0]);
    }
}
