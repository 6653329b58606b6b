using DrmActors.Hardware.Boards;
using DrmActors.Messages;

namespace DrmActors.Hosting.Internals;

/// <summary>From a host's options to the boards that it switches on.</summary>
internal static class BoardSelection
{
    /// <exception cref="BoardException">No such board, or a broken description.</exception>
    /// <exception cref="ArgumentException">A monitor for a component that no board has.</exception>
    public static IReadOnlyList<BoardDescription> Load(DrmHostOptions options, string defaultBoard)
    {
        IEnumerable<string> names = options.Boards.Count > 0 ? options.Boards : [defaultBoard];
        var boards = new List<BoardDescription>();
        foreach (var board in names.Select(BoardLoader.Load))
            boards.Add(Unlike(boards, board));
        foreach (var (component, file) in options.Monitors)
            Plug(boards, component, file);
        return boards;
    }

    // Boards of a kind stand side by side as machines do, but in one sysfs: each has a name of its own, and so has its device.
    private static BoardDescription Unlike(IReadOnlyCollection<BoardDescription> others, BoardDescription board) => board with
    {
        Name = Free(board.Name, others.Select(b => b.Name)),
        Device = Free(board.Device, others.Select(b => b.Device)),
    };

    private static string Free(string name, IEnumerable<string> taken)
    {
        var others = taken.ToHashSet(StringComparer.Ordinal);
        return others.Add(name) ? name : Enumerable.Range(1, others.Count).Select(n => $"{name}.{n}").First(others.Add);
    }

    private static void Plug(List<BoardDescription> boards, string component, string file)
    {
        var found = false;
        for (var i = 0; i < boards.Count; i++)
        {
            if (boards[i].Components.FirstOrDefault(c => c.Name == component) is not OutputDescription output)
                continue;
            found = true;
            var monitor = output.Connector with { Status = ConnectorStatus.Connected, Edid = EdidSource.File, EdidFile = file };
            boards[i] = boards[i] with { Components = boards[i].Components.Replace(output, output with { Connector = monitor }) };
        }

        if (!found)
        {
            var outputs = boards.SelectMany(b => b.Components).OfType<OutputDescription>().Select(c => c.Name).Distinct();
            throw new ArgumentException($"no board has an output '{component}'; there are: {string.Join(", ", outputs)}", nameof(component));
        }
    }
}
