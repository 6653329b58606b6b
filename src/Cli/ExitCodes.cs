namespace DrmActors.Cli;

internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Something did not work.</summary>
    public const int Failure = 1;

    /// <summary>An argument, or a file that one names, cannot be used.</summary>
    public const int Usage = 2;
}
