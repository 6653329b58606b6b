using System.Globalization;
using System.Text;
using Akka.Actor;
using DrmActors.Actors;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>
/// debugfs "gem_names": the buffers that have global names. Asks for these, and then each buffer who holds it, one after the other.
/// <code>names --told--> buffer --told, or gone--> next buffer --none left--> answered</code>
/// </summary>
internal sealed class GemNamesText : DrmActor
{
    private readonly Queue<(GemName Name, GemReference Object)> _left = new();
    private readonly StringBuilder _text = new("  name     size handles refcount\n");
    private readonly Action<string> _answer;

    private GemNamesText(IActorRef core, Action<string> answer)
    {
        _answer = answer;
        core.Tell(new ListNames(), Self);
    }

    /// <param name="answer">Once, on any thread.</param>
    public static void Ask(ServedCard card, Action<string> answer) =>
        card.Host.System.ActorOf(ActorProps.Of(() => new GemNamesText(card.View.Gem, answer)));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Reply<NameList> names:
                foreach (var named in names.Value?.Names ?? [])
                    _left.Enqueue(named);
                break;
            case Reply<HolderList> holders:
                Append(_left.Dequeue(), holders.Value);
                break;
            default:
                Unhandled(message);
                return;
        }

        if (_left.TryPeek(out var next))
        {
            next.Object.Object.Tell(new ListHolders(), Self);
            return;
        }

        Context.Stop(Self);
        _answer(_text.ToString());
    }

    // What has gone meanwhile has no line.
    private void Append((GemName Name, GemReference Object) named, HolderList? holders)
    {
        if (holders is null)
            return;
        var handles = holders.Holders.Where(h => h.Holder.Kind == HolderKind.File).Sum(h => h.Count);
        var references = holders.Holders.Sum(h => h.Count);
        _text.Append(CultureInfo.InvariantCulture, $"{named.Name.Value,6} {named.Object.Block.Length,8} {handles,7} {references,8}\n");
    }
}
