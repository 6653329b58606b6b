namespace DrmActors.Actors.Tests.BringUp;

/// <summary>What stands on the trail of an RK3399's bind, step by step, and of its undoing.</summary>
internal static class BindTrail
{
    public const int Steps = 12;

    public static readonly string[] Match = ["vopb", "vopl", "hdmi", "edp", "dsi"];

    /// <summary>All steps from 1 up to and with one, done.</summary>
    public static IEnumerable<string> DoneUpTo(int step) =>
        Enumerable.Range(1, step).SelectMany(number => Told(number).Append($"{number} done"));

    /// <summary>Everything that has something to undo, from a step down to 1.</summary>
    /// <param name="openedByNobody">Then the device ends when it is unplugged, and hears nothing any more.</param>
    public static IEnumerable<string> UndoneFrom(int step, bool openedByNobody = true)
    {
        for (var number = step; number >= 1; number--)
        {
            switch (number)
            {
                case 11:
                    yield return "UnplugDevice";
                    break;
                case 10 when step < 11 || !openedByNobody:
                    yield return "StopPolling";
                    break;
                case 6:
                    foreach (var name in Match.Reverse())
                        yield return $"unbind {name}";
                    break;
                case 2 when step < 11:
                    yield return "UnplugDevice";
                    break;
            }

            if (number is not (12 or 9 or 1))
                yield return $"{number} undone";
        }
    }

    private static IEnumerable<string> Told(int step) => step switch
    {
        6 => Match.Select(name => $"bind {name}"),
        9 => ["InstallModeConfig"],
        10 => ["StartPolling"],
        11 => ["RegisterDevice"],
        12 => ["StartConsole"],
        _ => [],
    };
}
