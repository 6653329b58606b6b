using DrmActors.Hardware.Boards;

namespace DrmActors.Hosting.Internals;

/// <summary>What a host reads from files: immutable, so that hosts of the same options may share it.</summary>
/// <param name="Config">The settings of <c>config/drm.conf</c>.</param>
internal sealed record HostParts(HostConfig Config, IReadOnlyList<BoardDescription> Boards)
{
    /// <exception cref="BoardException">No such board, or a broken description.</exception>
    public static HostParts Load(DrmHostOptions options)
    {
        var config = HostConfig.Load();
        return new HostParts(config, BoardSelection.Load(options, config.Board));
    }
}
