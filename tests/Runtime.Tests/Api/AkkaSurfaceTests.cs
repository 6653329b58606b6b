namespace DrmActors.Runtime.Tests.Api;

/// <summary>Code that compiles against the embedded runtime compiles against the real packages.</summary>
public sealed class AkkaSurfaceTests
{
    [Fact]
    public void Runtime_should_be_the_one_the_build_chose() => Assert.Equal(Loaded.Stamp, Loaded.Runtime);

    [Fact]
    public void Every_public_member_should_exist_in_Akka()
    {
        var lines = Loaded.Assemblies
            .SelectMany(Surface.VisibleTypes)
            .Where(t => AkkaSurface.Types.Contains(Surface.Key(t)))
            .SelectMany(Surface.Lines);

        var foreign = AkkaSurface.Foreign(lines).Order(StringComparer.Ordinal).ToList();

        Assert.True(foreign.Count == 0, $"Not in Akka:\n{string.Join('\n', foreign)}");
    }

    [SkippableFact]
    public void Every_other_public_type_should_have_a_reason()
    {
        Skip.If(Loaded.Runtime == "Akka", "the real packages have types of their own");
        var others = Loaded.Assemblies
            .SelectMany(Surface.VisibleTypes)
            .Select(Surface.Key)
            .Where(key => !AkkaSurface.Types.Contains(key))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var unexplained = others.Except(OtherTypes.Reasons.Keys, StringComparer.Ordinal).ToList();
        var gone = OtherTypes.Reasons.Keys.Except(others, StringComparer.Ordinal).ToList();
        Assert.True(
            unexplained.Count + gone.Count == 0,
            $"Without a reason:\n{string.Join('\n', unexplained)}\nReasons for nothing:\n{string.Join('\n', gone)}");
    }

    [Theory]
    [InlineData(typeof(Planted), "DrmActors.Runtime.Tests.Api.AkkaSurfaceTests.Planted.Vanish(Int32 times = 3) : Void")]
    [InlineData(typeof(Planted), "DrmActors.Runtime.Tests.Api.AkkaSurfaceTests.Planted.protected virtual Seen { get; protected set; } : String")]
    [InlineData(typeof(Planted), "DrmActors.Runtime.Tests.Api.AkkaSurfaceTests.Planted : class, IDisposable")]
    public void A_member_that_Akka_does_not_have_should_be_found(Type type, string line) =>
        Assert.Contains(line, AkkaSurface.Foreign(Surface.Lines(type)));

    [Theory]
    [InlineData("Akka.Actor.Props : class, IDisposable")]
    [InlineData("Akka.Actor.Props : sealed class")]
    [InlineData("Akka.Actor.ActorSystem.static Create(String name, Hocon.Config config) : Akka.Actor.ActorSystem")]
    [InlineData("Akka.Actor.ActorCell.virtual HasMessages { get; } : Boolean")]
    [InlineData("Akka.Actor.IActorRef.Tell(Object message) : Void")]
    public void A_line_that_differs_from_Akka_should_be_found(string line) => Assert.Equal([line], AkkaSurface.Foreign([line]));

    [Theory]
    [InlineData("Akka.Actor.Props : class")]
    [InlineData("Akka.Actor.Props.override ToString() : String")]
    [InlineData("Akka.Actor.ActorCell.ActorOf(Akka.Actor.Props props, String name = null) : Akka.Actor.IActorRef")]
    [InlineData("Akka.Actor.ActorCell.protected PreStart() : Void")]
    [InlineData("Akka.Actor.Nobody.static readonly Instance : Akka.Actor.Nobody")]
    [InlineData("Akka.Actor.ActorSystem.static Create(String name, Akka.Configuration.Config config) : Akka.Actor.ActorSystem")]
    public void A_line_that_holds_for_Akka_should_pass(string line) => Assert.Empty(AkkaSurface.Foreign([line]));

    public class Planted : IDisposable
    {
        protected virtual string? Seen { get; set; }

        public void Vanish(int times = 3) => Seen = $"{times}";

        public void Dispose() => GC.SuppressFinalize(this);
    }
}
