namespace DrmActors.Runtime.Tests.Api;

/// <summary>
/// Public types of the embedded runtime that types.txt does not list. Each exists in the real packages under this name and is here
/// because a listed member needs it.
/// </summary>
internal static class OtherTypes
{
    public static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["Akka.TestKit.INoImplicitSender"] = "interface of TestProbe, and how a test class tells without a sender",
        ["Hocon.HoconCallbackType"] = "argument of HoconIncludeCallbackAsync",
        ["Hocon.HoconException"] = "base of HoconValueException",
        ["Hocon.HoconField"] = "what Config.AsEnumerable enumerates",
        ["Hocon.HoconIncludeCallbackAsync"] = "argument of HoconConfigurationFactory.ParseString",
        ["Hocon.HoconObject"] = "result of HoconValue.GetObject",
        ["Hocon.HoconRoot"] = "base of Config, which has the getters",
        ["Hocon.HoconType"] = "kind of a HoconValue",
        ["Hocon.HoconValue"] = "result of Config.Root",
        ["Hocon.HoconValueException"] = "what a getter throws",
    };
}
