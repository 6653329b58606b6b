using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;
using DrmActors.Messages;

namespace DrmActors.Bridge.Calls;

/// <summary>The descriptors of the call in a slot: those that its client sent along, and how many the answer makes.</summary>
/// <param name="forks">Closes those of the client.</param>
internal sealed class SlotDescriptors(ForkWatch forks)
{
    private readonly List<int> _named = [];

    /// <summary>Those that the call names, as the client was asked for them last; none before.</summary>
    public ImmutableArray<Descriptor> Asked { get; set; } = [];

    /// <summary>What a call is about that is about no card; -1 for none.</summary>
    public int About { get; private set; } = -1;

    /// <summary>For descriptors that the call makes; -1 for none.</summary>
    public int Socket { get; private set; } = -1;

    /// <summary>The real ones of <see cref="Asked"/>; -1 for one that the client does not have open. Closed with the answer.</summary>
    public IReadOnlyList<int> Named => _named;

    /// <summary>Numbers of the host that stand for them while the call is on its way.</summary>
    public List<Descriptor> Lent { get; } = [];

    /// <summary>How many new ones go with the answer.</summary>
    public int Made { get; set; }

    /// <summary>Takes over what came along. Everything here is the client's to spoil: one too few is one that is not open.</summary>
    /// <param name="wanted">As many as the client believes that it was asked for.</param>
    public void Load(Luggage along, bool isAbout, bool hasSocket, ReadOnlySpan<WireDescriptor> wanted)
    {
        // Another call than the one that was asked about.
        if (wanted.Length != Asked.Length)
            Asked = [];
        var next = 0;
        About = isAbout ? along.Take(next++) : -1;
        Socket = hasSocket ? along.Take(next++) : -1;
        for (var i = 0; i < Asked.Length; i++)
            _named.Add(wanted[i].Number < 0 ? -1 : along.Take(next++));
    }

    /// <summary>The socket is the caller's.</summary>
    public int TakeSocket()
    {
        var taken = Socket;
        Socket = -1;
        return taken;
    }

    /// <summary>One of <see cref="Named"/> is the caller's.</summary>
    public int TakeNamed(int index)
    {
        var taken = _named[index];
        _named[index] = -1;
        return taken;
    }

    /// <summary>A client's that the call has made: it has been sent, and is closed here with the answer.</summary>
    public void Add(int made) => _named.Add(made);

    /// <summary>It is known by now. The sooner a client's descriptor is closed here, the less can be in the way of its last close.</summary>
    public void CloseAbout()
    {
        if (About >= 0)
            forks.Close(About);
        About = -1;
    }

    /// <inheritdoc cref="CloseAbout"/>
    public void CloseNamed()
    {
        _named.RemoveAll(static d => d < 0);
        forks.Close(CollectionsMarshal.AsSpan(_named));
        _named.Clear();
    }

    /// <summary>Gives up what is left.</summary>
    public void Close()
    {
        _named.Add(About);
        CloseNamed();
        if (Socket >= 0)
            Sys.Close(Socket);
        Asked = [];
        (About, Socket, Made) = (-1, -1, 0);
    }
}
