using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Akka.Actor;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Descriptors;
using DrmActors.Bridge.Files;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bridge;

/// <summary>What the parts of a bridge share.</summary>
internal sealed class BridgeCore(DrmHost host, BridgeOptions options, ReaderThread reader, ServedFiles files)
{
    private long _loaded;
    private long _opened;
    private long _calls;
    private ulong _lastFile;

    public DrmHost Host { get; } = host;

    public BridgeOptions Options { get; } = options;

    public ReaderThread Reader { get; } = reader;

    public Poller Poller { get; } = reader.Poller;

    public ServedFiles Files { get; } = files;

    public CloseBarrier Barrier { get; } = new();

    /// <summary>What clients have open beside cards. The reader thread's.</summary>
    public OpenDescriptions Open { get; set; } = null!;

    /// <summary>Clients, by the ids of their regions. The reader thread's.</summary>
    public Dictionary<ulong, Client> Clients { get; } = [];

    /// <summary>Channels of processes for what is about no card. The reader thread's.</summary>
    public HashSet<DescriptorChannel> Channels { get; } = [];

    /// <summary>What is open and has not hung up.</summary>
    public ConcurrentDictionary<BridgedFile, FileChannel> OpenFiles { get; } = [];

    /// <summary>Keeps the files those of the present cards.</summary>
    public IActorRef News { get; set; } = ActorRefs.Nobody;

    /// <summary>CRCs that somebody reads. Added and removed on the reader thread.</summary>
    public ConcurrentDictionary<(int Minor, CrtcId Crtc), CrcStream> Streams { get; } = [];

    /// <summary>Names this daemon in the names of its descriptors.</summary>
    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public BridgeUse Use => new(Interlocked.Read(ref _loaded), Interlocked.Read(ref _opened), Interlocked.Read(ref _calls));

    public void CountLoaded() => Interlocked.Increment(ref _loaded);

    public void CountOpened() => Interlocked.Increment(ref _opened);

    public void CountCall() => Interlocked.Increment(ref _calls);

    public ulong NextFile() => Interlocked.Increment(ref _lastFile);

    public IActorRef SlotActorOf(CallSlot slot) => Host.System.ActorOf(SlotActor.Props(slot, (s, reply) => CallDesk.Finish(this, s, reply)));

    /// <summary>Sends a call, and does something with its answer on an actor's thread.</summary>
    public void Tell(IActorRef actor, object call, Action<object> answer) =>
        actor.Tell(call, Host.System.ActorOf(ReplyActor.Props(answer)));

    /// <summary>The slot that a packet names; null where its sender cannot have been told that name. The reader thread's.</summary>
    public CallSlot? SlotOf(in WirePacket packet) =>
        Clients.TryGetValue(packet.Region, out var client) ? client.Region.SlotAt(packet.Slot, Poller.Forks, SlotActorOf) : null;

    /// <summary>A process gets its region, through a socket in which a packet of its own waits. The reader thread's.</summary>
    public void Attach(Luggage along)
    {
        var socket = along.Take(0);
        Attach(socket);
        if (socket >= 0)
            Sys.Close(socket);
    }

    private void Attach(int socket)
    {
        var processId = socket < 0 ? 0 : SocketEnd.SenderOf(socket);
        var process = Sys.OpenProcess(processId);
        // Nobody would ever say that one that cannot be watched is dead.
        if (process < 0)
            return;
        if (SharedRegion.Create(Secret(), processId, out var region, out var memory) != Errno.None)
        {
            Sys.Close(process);
            return;
        }

        Replace(new Client(this, region!, process));
        var attached = new WireAttached
        {
            Magic = WireConstants.Magic,
            Slots = WireConstants.Slots,
            SlotSize = WireConstants.SlotSize,
            Region = region!.Id,
        };
        SocketEnd.Send(socket, MemoryMarshal.AsBytes(new ReadOnlySpan<WireAttached>(in attached)), memory);
        Sys.Close(memory);
    }

    /// <summary>A process that attaches again is another program now. The reader thread's.</summary>
    private void Replace(Client client)
    {
        foreach (var old in Clients.Values.Where(c => c.Region.ProcessId == client.Region.ProcessId).ToList())
            old.OnHangUp();
        Clients.Add(client.Region.Id, client);
        client.Watch();
    }

    /// <summary>Reads what comes over an open file's descriptor from now on. The reader thread's.</summary>
    public void Serve(BridgedFile file)
    {
        var channel = new FileChannel(this, file);
        OpenFiles[file] = channel;
        file.PollKey = Poller.Add(file.Socket, channel);
        CountOpened();
    }

    /// <summary>A number that nobody guesses. Names only: nothing that a seeded world would see depends on it.</summary>
    public static ulong Secret() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
}
