using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>sync/info of debugfs: the timelines that are moved on by hand, with what has yet to come of them, and all sync files.</summary>
internal static class SyncText
{
    private const string Rule = "--------------\n";

    public static string Of(IEnumerable<Description> open)
    {
        var all = open.Distinct(ReferenceEqualityComparer.Instance).ToList();
        var text = new StringBuilder("objs:\n").Append(Rule);
        foreach (var timeline in all.OfType<SwTimeline>().OrderBy(t => t.Context))
        {
            text.Append(CultureInfo.InvariantCulture, $"{timeline.Name}: {(int)timeline.Value}\n");
            foreach (var fence in timeline.Pending)
                Add(text, fence, "");
            text.Append('\n');
        }

        text.Append("fences:\n").Append(Rule);
        foreach (var file in all.OfType<SyncFile>().OrderBy(f => f.Fence.Context).ThenBy(f => f.Fence.Sequence))
        {
            // In place of the address, which nobody is told: the same for one file each time.
            text.Append(CultureInfo.InvariantCulture, $"[{RuntimeHelpers.GetHashCode(file):x16}] {file.Name}: {StatusOf(file.Fence)}\n");
            foreach (var fence in file.Fence is FenceArray array ? array.Parts : [file.Fence])
                Add(text, fence, $"{fence.Timeline}_");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, Fence fence, string timeline)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {timeline}fence {StatusOf(fence)}");
        if (fence.IsSignaled)
            text.Append(CultureInfo.InvariantCulture, $"@{fence.Time / 1_000_000_000}.{fence.Time % 1_000_000_000:d9}");
        if (fence is SwFence point)
            text.Append(CultureInfo.InvariantCulture, $": {(int)point.Sequence} / {(int)point.Of.Value}");
        text.Append('\n');
    }

    private static string StatusOf(Fence fence) => !fence.IsSignaled ? "active" : fence.Error == Errno.None ? "signaled" : "error";
}
