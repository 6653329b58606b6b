using DrmActors.Hardware.Time;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Stressing.Processes;

/// <summary>
/// Runs the calls of a mix on a real descriptor, through the C library's calls and the UAPI's structs, as a program would. What a call works on is found by
/// slot, as with <see cref="WorkloadClient"/>; what clients tell each other there is guessed here.
/// </summary>
/// <param name="cards">The paths of the nodes: each open is of the next one, and descriptors go along.</param>
/// <param name="first">Which of them is opened first.</param>
internal sealed partial class RealClient(AlarmClock clock, IReadOnlyList<string> cards, int first = 0)
{
    // Names and tokens are given out from 1 upward.
    private const int Guesses = 16;

    private readonly RealCalls _calls = new(clock);
    private int _next = first;
    private ulong _lastEvent;

    public RealCalls Calls => _calls;

    public void Run(WorkloadCall call)
    {
        if (call is not OpenCall && _calls.Card < 0)
            return;
        if (!RunMemory(call) && !RunDmaBufs(call) && !RunSyncobjs(call) && !RunFences(call) && !RunScreen(call))
            RunFile(call);
        if (_calls.IsLost)
            CloseCard();
    }

    /// <summary>Closes everything.</summary>
    public void CloseAll()
    {
        CloseCard();
        CloseDmaBufs();
        CloseFences();
    }

    /// <summary>Closes the card, and unmaps all of it, or the card would stay open. What has no need of a card stays.</summary>
    public void CloseCard()
    {
        foreach (var mapping in _mappings.TakeAll())
            _calls.Unmap(mapping.Address, mapping.Length);
        foreach (var lease in _leases.TakeAll())
            _calls.Close((int)lease.Fd);
        if (_calls.Card >= 0)
            _calls.Close(_calls.Card);
        _buffers.TakeAll();
        _framebuffers.TakeAll();
        _blobs.TakeAll();
        _syncobjs.TakeAll();
        _attached.TakeAll();
        _lit = default;
        _eventsDue = 0;
    }

    private void RunFile(WorkloadCall call)
    {
        switch (call)
        {
            case OpenCall when _calls.Card < 0:
                if (_calls.Open(cards[(int)((uint)_next++ % (uint)cards.Count)]) == Errno.None)
                    Learn();
                break;
            case OpenCall:
            case DieCall: // whoever started the process kills it
                break;
            case CloseCall:
                CloseCard();
                break;
            case SetMasterCall:
                _calls.Ioctl("SET_MASTER");
                break;
            case DropMasterCall:
                _calls.Ioctl("DROP_MASTER");
                break;
            case GetMagicCall:
                var mine = default(drm_auth);
                _calls.Ioctl("GET_MAGIC", ref mine);
                break;
            case AuthMagicCall auth:
                Authenticate((uint)(auth.Slot % Guesses));
                break;
            case AuthAnyCall auth:
                Authenticate(auth.Magic);
                break;
            case AskCall ask:
                Ask(ask.What);
                break;
            case SetVersionCall set:
                var version = new drm_set_version { drm_di_major = 1, drm_di_minor = set.Minor, drm_dd_major = -1 };
                _calls.Ioctl("SET_VERSION", ref version);
                break;
            case SetClientCapCall set:
                var cap = new drm_set_client_cap { capability = (ulong)set.Capability, value = set.Value };
                _calls.Ioctl("SET_CLIENT_CAP", ref cap);
                break;
            case SetClientNameCall set:
                SetName(set.Length);
                break;
            case TogetherCall together:
                foreach (var one in together.Calls)
                    Run(one);
                break;
            default:
                throw new NotSupportedException($"{call.GetType().Name} is in the mix, and no process makes it");
        }
    }

    private static void With<T>(T? thing, Action<T> make)
        where T : class
    {
        if (thing is not null)
            make(thing);
    }

    private static void With<T>(T? thing, Action<T> make)
        where T : struct
    {
        if (thing is { } there)
            make(there);
    }

    private void Authenticate(uint magic)
    {
        var argument = new drm_auth { magic = magic };
        _calls.Ioctl("AUTH_MAGIC", ref argument);
    }

    private void SetName(int length)
    {
        Span<byte> name = stackalloc byte[length];
        name.Fill((byte)'n');
        var set = new drm_set_client_name { name_len = (ulong)length, name = RealCalls.AddressOf(name) };
        _calls.Ioctl("SET_CLIENT_NAME", ref set);
    }

    private void Ask(int what)
    {
        var (version, unique, client, stats) = (default(drm_version), default(drm_unique), new drm_client { idx = what % 2 }, default(drm_stats));
        var cap = new drm_get_cap { capability = (ulong)(what % 0x16) };
        _ = (what % 5) switch
        {
            0 => _calls.Ioctl("VERSION", ref version),
            1 => _calls.Ioctl("GET_UNIQUE", ref unique),
            2 => _calls.Ioctl("GET_CLIENT", ref client),
            3 => _calls.Ioctl("GET_STATS", ref stats),
            _ => _calls.Ioctl("GET_CAP", ref cap),
        };
    }
}
