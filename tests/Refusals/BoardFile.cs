namespace DrmActors.Refusals;

/// <summary>Where a board is that a refusal names: shipped, or beside the tests.</summary>
internal static class BoardFile
{
    public static string Of(string board) =>
        board.EndsWith(".conf", StringComparison.Ordinal) ? Path.Combine(AppContext.BaseDirectory, "Refusals", board) : board;
}
