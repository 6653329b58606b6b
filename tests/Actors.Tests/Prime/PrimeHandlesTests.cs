using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Gem;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Prime;

/// <summary>Which handles stand for which dma-bufs, held against a list of pairs in the order in which they came.</summary>
public sealed class PrimeHandlesTests
{
    private const uint MostHandles = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Handles_and_dma_bufs_should_find_each_other(int seed)
    {
        var random = new Random(seed);
        var handles = new PrimeHandles();
        var buffers = Enumerable.Range(0, 3).Select(Buffer).ToArray();
        var model = new List<(GemHandle Handle, DmaBuf Buffer)>();
        for (var step = 0; step < 5_000; step++)
        {
            var (handle, buffer) = (new GemHandle(1 + (uint)random.Next((int)MostHandles)), buffers[random.Next(buffers.Length)]);
            if (random.Next(2) == 0)
            {
                handles.Add(handle, buffer);
                // One that stands for it already keeps its place.
                if (!model.Contains((handle, buffer)))
                {
                    model.RemoveAll(m => m.Handle == handle);
                    model.Add((handle, buffer));
                }
            }
            else
            {
                handles.Remove(handle);
                model.RemoveAll(m => m.Handle == handle);
            }

            for (var i = 0u; i <= MostHandles + 1; i++)
                Assert.Same(model.Find(m => m.Handle.Value == i).Buffer, handles.Find(new GemHandle(i)));
            Assert.All(buffers, b => Assert.Equal(model.Find(m => m.Buffer == b).Handle, handles.Find(b)));
            Assert.Equal(model.OrderBy(m => m.Handle.Value), handles.All);
        }
    }

    // Two are of one object, as where it was exported again after its handles had gone.
    private static DmaBuf Buffer(int number) =>
        new(null!, new GemReference(ActorRefs.Nobody, (ulong)number / 2, default, new Reservation(), new ObjectStatus(null!, isImported: false)), (ulong)number, isWritable: true, new Lock());
}
