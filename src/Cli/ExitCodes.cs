namespace DrmActors.Cli;

internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Something did not work, or something leaked.</summary>
    public const int Failure = 1;

    /// <summary>An argument, or a file that one names, cannot be used.</summary>
    public const int Usage = 2;

    /// <summary>
    /// <c>drm run</c>: the program cannot use a card, has not used one, or has lit none where a picture was asked for. Takes the place of a
    /// program's 0 only: a program that failed has said so itself.
    /// </summary>
    public const int Unused = 3;

    /// <summary>The program is there and cannot be executed, as in a shell.</summary>
    public const int NotExecutable = 126;

    /// <summary>There is no such program, as in a shell.</summary>
    public const int NotFound = 127;

    /// <summary>Plus the number of the signal that ended it, as in a shell.</summary>
    public const int Signal = 128;
}
