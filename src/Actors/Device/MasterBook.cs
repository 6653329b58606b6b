using DrmActors.Messages;

namespace DrmActors.Actors.Device;

/// <summary>A file as the question of who is master sees it.</summary>
internal sealed class MasterCandidate(ulong id, Caller opener)
{
    public ulong Id { get; } = id;

    public Caller Opener { get; } = opener;

    /// <summary>Whoever was master once may become it again, from the same process.</summary>
    public bool WasMaster { get; set; }

    /// <summary>The master that a lessee has its objects from, and with whom it is master of these; 0 for one who is no lessee.</summary>
    public ulong Lessor { get; init; }

    /// <summary>Whose client it is: the file that was master when it was opened, itself from when it is master first; 0 for none, on a render node.</summary>
    public ulong Master { get; set; }

    /// <summary>By which its master may authenticate it; 0 until it asks.</summary>
    public uint Magic { get; set; }
}

/// <summary>Who is master of a device, and the magics by which a master authenticates its clients.</summary>
internal sealed class MasterBook
{
    // Those that have not been used: by whom each was asked for, and whose client that was.
    private readonly Dictionary<uint, (ulong File, ulong Master)> _magics = [];
    private uint _lastMagic;

    /// <summary>The master's file; 0 for none.</summary>
    public ulong Current { get; private set; }

    /// <summary>The first opener becomes master where there is none; any other is the master's client.</summary>
    public bool TryBecomeByOpening(MasterCandidate file)
    {
        file.Master = Current;
        if (Current != 0)
            return false;
        Become(file);
        return true;
    }

    /// <summary>SET_MASTER: EACCES without the right, EBUSY while another is master, EINVAL for a lessee whose lessor is not.</summary>
    public Errno Set(MasterCandidate file, Caller caller)
    {
        if (!MayChange(file, caller))
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
    public Errno Drop(MasterCandidate file, Caller caller)
    {
        if (!MayChange(file, caller))
            return Errno.EACCES;
        if (Current != file.Id)
            return Errno.EINVAL;
        Current = 0;
        return Errno.None;
    }

    /// <summary>GET_MAGIC: the same for the same file. None is given twice, so that nobody can hold on to one of a file that is gone.</summary>
    public uint MagicOf(MasterCandidate file)
    {
        if (file.Magic == 0)
        {
            file.Magic = ++_lastMagic;
            _magics.Add(file.Magic, (file.Id, file.Master));
        }

        return file.Magic;
    }

    /// <summary>AUTH_MAGIC: whose it was, once; 0 for nobody's, and for that of another master's client.</summary>
    public ulong Redeem(uint magic, ulong master) =>
        _magics.TryGetValue(magic, out var asked) && asked.Master == master && _magics.Remove(magic) ? asked.File : 0;

    public void Forget(MasterCandidate file)
    {
        if (Current == file.Id)
            Current = 0;
        _magics.Remove(file.Magic);
    }

    private static bool MayChange(MasterCandidate file, Caller caller) =>
        caller.IsRoot || (file.WasMaster && caller.ProcessId == file.Opener.ProcessId);

    private void Become(MasterCandidate file)
    {
        Current = file.Master = file.Id;
        file.WasMaster = true;
    }
}
