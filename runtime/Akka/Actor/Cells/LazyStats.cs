using System.Collections;
using Akka.Actor.Internal;

namespace Akka.Actor;

internal sealed partial class ChildTable
{
    private sealed class LazyStats(ChildTable table) : IReadOnlyCollection<ChildRestartStats>
    {
        public int Count => table._count;

        public IEnumerator<ChildRestartStats> GetEnumerator()
        {
            foreach (var child in table.Snapshot())
                yield return table.StatsOf(child);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
