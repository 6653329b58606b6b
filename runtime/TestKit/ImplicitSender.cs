using System.Threading;
using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.TestKit;

/// <summary>Makes the test actor the sender of what the test's own thread tells, also behind an <c>await</c>.</summary>
internal static class ImplicitSender
{
    public static void Install(IActorRef testActor)
    {
        var cell = CellOf(testActor);
        InternalCurrentActorCellKeeper.Current = cell;
        SynchronizationContext.SetSynchronizationContext(new Keeper(cell));
    }

    public static void Remove()
    {
        InternalCurrentActorCellKeeper.Current = null;
        if (SynchronizationContext.Current is Keeper)
            SynchronizationContext.SetSynchronizationContext(null);
    }

    private static ActorCell CellOf(IActorRef testActor) => testActor as ActorCell;

    private sealed class Keeper(ActorCell cell) : SynchronizationContext
    {
        public override SynchronizationContext CreateCopy() => this;

        public override void Post(SendOrPostCallback d, object state) => ThreadPool.QueueUserWorkItem(_ => Run(d, state));

        public override void Send(SendOrPostCallback d, object state) => Run(d, state);

        private void Run(SendOrPostCallback d, object state)
        {
            var (cellBefore, contextBefore) = (InternalCurrentActorCellKeeper.Current, Current);
            InternalCurrentActorCellKeeper.Current = cell;
            SetSynchronizationContext(this);
            try
            {
                d(state);
            }
            finally
            {
                InternalCurrentActorCellKeeper.Current = cellBefore;
                SetSynchronizationContext(contextBefore);
            }
        }
    }
}
