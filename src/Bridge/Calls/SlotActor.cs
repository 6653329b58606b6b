using Akka.Actor;
using DrmActors.Actors;

namespace DrmActors.Bridge.Calls;

/// <summary>The sender of a slot's calls (/user/bridge/slot-N): whatever it is told is the answer of the call that is in it.</summary>
internal sealed class SlotActor : DrmActor
{
    private readonly CallSlot _slot;
    private readonly Action<CallSlot, object> _finish;

    private SlotActor(CallSlot slot, Action<CallSlot, object> finish) => (_slot, _finish) = (slot, finish);

    public static Props Props(CallSlot slot, Action<CallSlot, object> finish) => ActorProps.Of(() => new SlotActor(slot, finish));

    protected override void OnReceive(object message) => _finish(_slot, message);
}
