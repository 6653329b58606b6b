using DrmActors.Messages;

namespace DrmActors.Actors.Device;

/// <summary>A file as the question of who is master sees it.</summary>
internal sealed class MasterCandidate(ulong id, int processId, bool isRoot)
{
    public ulong Id { get; } = id;

    public int ProcessId { get; } = processId;

    public bool IsRoot { get; } = isRoot;

    /// <summary>Whoever was master once may become it again, from the same process.</summary>
    public bool WasMaster { get; set; }

    /// <summary>The master that a lessee has its objects from, and with whom it is master of these; 0 for one who is no lessee.</summary>
    public ulong Lessor { get; init; }
}

/// <summary>Who is master of a device, and the magics by which a master authenticates others.</summary>
internal sealed class MasterBook
{
    private readonly Dictionary<uint, ulong> _magics = [];
    private uint _lastMagic;

    /// <summary>The master's file; 0 for none.</summary>
    public ulong Current { get; private set; }

    /// <summary>The first opener becomes master where there is none.</summary>
    public bool TryBecomeByOpening(MasterCandidate file)
    {
        if (Current != 0)
            return false;
        Become(file);
        return true;
    }

    /// <summary>SET_MASTER: EACCES without the right, EBUSY while another is master, EINVAL for a lessee whose lessor is not.</summary>
    public Errno Set(MasterCandidate file)
    {
        if (!MayChange(file))
            return Errno.EACCES;
        if (Current == file.Id || (Current != 0 && Current == file.Lessor))
            return Errno.None;
        if (Current != 0)
            return Errno.EBUSY;
        if (file.Lessor != 0)
            return Errno.EINVAL;
        Become(file);
        return Errno.None;
    }

    /// <summary>DROP_MASTER: EACCES without the right, EINVAL when not master.</summary>
    public Errno Drop(MasterCandidate file)
    {
        if (!MayChange(file))
            return Errno.EACCES;
        if (Current != file.Id)
            return Errno.EINVAL;
        Current = 0;
        return Errno.None;
    }

    /// <summary>GET_MAGIC: the same for the same file until it is used.</summary>
    public uint MagicOf(ulong file)
    {
        foreach (var (magic, holder) in _magics)
            if (holder == file)
                return magic;
        _magics.Add(++_lastMagic, file);
        return _lastMagic;
    }

    /// <summary>AUTH_MAGIC: whose it was, once; 0 for nobody's.</summary>
    /// <param name="isAmong">Whether a file has the same master as the caller.</param>
    public ulong Redeem(uint magic, Predicate<ulong> isAmong) =>
        _magics.TryGetValue(magic, out var file) && isAmong(file) && _magics.Remove(magic) ? file : 0;

    public void Forget(ulong file)
    {
        if (Current == file)
            Current = 0;
        foreach (var magic in _magics.Where(m => m.Value == file).Select(m => m.Key).ToList())
            _magics.Remove(magic);
    }

    private static bool MayChange(MasterCandidate file) => file.IsRoot || file.WasMaster;

    private void Become(MasterCandidate file)
    {
        Current = file.Id;
        file.WasMaster = true;
    }
}
