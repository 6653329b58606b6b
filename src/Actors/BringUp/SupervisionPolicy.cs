using Akka.Actor;

namespace DrmActors.Actors.BringUp;

/// <summary>
/// What happens to an actor that crashes, in one place. The call that it crashed over is answered with EIO (<see cref="DrmActor"/>), every other
/// that it has not answered, and every later one, with ENODEV (<see cref="DeadCallAnswerer"/>).
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>who</term><description>what, and why</description></listheader>
/// <item><term>/user/drm</term><description>restarts: all boards end, and it begins anew without any.</description></item>
/// <item><term>/user/dead-calls</term><description>restarts: it remembers nothing, and misses nothing meanwhile.</description></item>
/// <item><term>/aperture</term><description>escalates: who owns which range is lost, so nobody may go on showing. All boards end, and
/// the supervisor begins anew.</description></item>
/// <item><term>/master-NAME</term><description>stops, and its components with it; the supervisor unplugs its device.</description></item>
/// <item><term>/master-NAME/COMPONENT</term><description>stops; its master unplugs the device and unbinds the board.</description></item>
/// <item><term>/firmware-NAME</term><description>stops; its range is free.</description></item>
/// <item><term>/cardN</term><description>stops, and its files and objects with it; its master unbinds the board.</description></item>
/// <item><term>/cardN/gem</term><description>escalates: without the GEM core there is no device.</description></item>
/// <item><term>/cardN/file-ID, /cardN/gem/ID</term><description>stop: restarted they would have lost their handles and holders in silence. The device
/// takes back what the file held; the object gives its memory back as it goes.</description></item>
/// </list>
/// </remarks>
internal sealed class SupervisionPolicy : OneForOneStrategy
{
    public const string Aperture = "aperture";
    public const string GemCore = "gem";

    public static readonly SupervisorStrategy OfSupervisor = new SupervisionPolicy(child => child switch
    {
        Aperture => Directive.Escalate,
        _ => Directive.Stop,
    });

    public static readonly SupervisorStrategy OfMaster = new SupervisionPolicy(_ => Directive.Stop);

    public static readonly SupervisorStrategy OfDevice = new SupervisionPolicy(child => child switch
    {
        GemCore => Directive.Escalate,
        _ => Directive.Stop,
    });

    public static readonly SupervisorStrategy OfGemCore = new SupervisionPolicy(_ => Directive.Stop);

    private readonly Func<string, Directive> _directiveOf;

    private SupervisionPolicy(Func<string, Directive> directiveOf)
        : base(_ => Directive.Stop) => _directiveOf = directiveOf;

    /// <summary>By who crashed: what they crashed with decides nothing.</summary>
    protected override Directive Handle(IActorRef child, Exception exception) => _directiveOf(child.Path.Name);
}
