namespace Akka;

/// <summary>The value of an operation that has none.</summary>
public sealed class Done
{
    private Done()
    {
    }

    public static readonly Done Instance = new();
}
