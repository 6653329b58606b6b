using DrmActors.Refusals.Tables;

namespace DrmActors.Refusals;

/// <summary>How every ioctl is refused for what stands in its argument. What comes before that is the same for all: see <see cref="RefusalSpecs"/>.</summary>
internal static class RefusalTable
{
    public static IReadOnlyList<Refusal> All { get; } =
    [
        .. CoreRefusals.All, .. BufferRefusals.All, .. FramebufferRefusals.All, .. CrtcRefusals.All, .. VblankRefusals.All, .. ObjectRefusals.All,
        .. PlaneRefusals.All, .. PropertyRefusals.All, .. AtomicRefusals.All, .. LeaseRefusals.All, .. SyncobjRefusals.All, .. VgemRefusals.All,
    ];

    /// <summary>Calls of whose argument nothing can be wrong, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Excuses { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GET_MAGIC"] = "takes nothing",
        ["GET_STATS"] = "takes nothing",
    };

    /// <summary>What one scene can be asked after another: by call, board and user; alone where the scene is prepared for it.</summary>
    public static IEnumerable<string> Groups => All.Select(GroupOf).Distinct(StringComparer.Ordinal);

    public static IEnumerable<Refusal> Of(string group) => All.Where(r => string.Equals(GroupOf(r), group, StringComparison.Ordinal));

    private static string GroupOf(Refusal refusal) =>
        $"{refusal.Ioctl} on {refusal.Board}{(refusal.IsRoot ? " as root" : "")}{(refusal.Before is null ? "" : $": {refusal.Reason}")}";
}
