namespace DrmActors.Cli;

/// <summary>What goes to the standard error: its standard output is the program's.</summary>
internal static class Stderr
{
    public static void Say(string message) => Console.Error.WriteLine($"drm: {message}");

    public static int Fail(string message, int code)
    {
        Say(message);
        return code;
    }
}
