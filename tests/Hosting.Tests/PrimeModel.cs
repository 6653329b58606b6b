using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Handles, names, dma-bufs and descriptors as plain tables: what calls answer that come one after the other.</summary>
internal sealed class PrimeModel
{
    private readonly SortedDictionary<int, Buffer> _descriptors = [];
    private readonly Dictionary<(int Device, uint Name), Object> _names = [];

    /// <summary>The dma-buf of a descriptor; null for one that is closed.</summary>
    public Buffer? Find(int descriptor) => _descriptors.GetValueOrDefault(descriptor);

    public IReadOnlyList<int> Descriptors => [.. _descriptors.Keys];

    public uint Create(File file) => Take(file, new Object(file.Device, null));

    public Errno Close(File file, uint handle)
    {
        if (!file.Handles.Remove(handle, out var thing))
            return Errno.EINVAL;
        file.Imported.Remove(handle);
        Release(thing);
        return Errno.None;
    }

    public void CloseAll(File file)
    {
        foreach (var handle in file.Handles.Keys.ToList())
            Close(file, handle);
    }

    public (Errno Errno, uint Name) Flink(File file, uint handle)
    {
        if (!file.Handles.TryGetValue(handle, out var thing))
            return (Errno.ENOENT, 0);
        if (thing.Name == 0)
        {
            thing.Name = LowestFree(1, n => _names.ContainsKey((thing.Device, n)));
            _names.Add((thing.Device, thing.Name), thing);
        }

        return (Errno.None, thing.Name);
    }

    public (Errno Errno, uint Handle) Open(File file, uint name) =>
        _names.TryGetValue((file.Device, name), out var thing) ? (Errno.None, Take(file, thing)) : (Errno.ENOENT, 0);

    public (Errno Errno, int Descriptor) Export(File file, uint handle, PrimeFlags flags)
    {
        if ((flags & ~(PrimeFlags.ReadWrite | PrimeFlags.CloseOnExec)) != PrimeFlags.None)
            return (Errno.EINVAL, -1);
        if (!file.Handles.TryGetValue(handle, out var thing))
            return (Errno.ENOENT, -1);
        var buffer = thing.Import ?? (thing.Exported ??= new Buffer(thing, flags.HasFlag(PrimeFlags.ReadWrite)));
        file.Imported.TryAdd(handle, (buffer, ++file.Turn));
        return (Errno.None, Add(buffer));
    }

    public (Errno Errno, uint Handle) Import(File file, int descriptor)
    {
        if (Find(descriptor) is not { } buffer)
            return (Errno.EBADF, 0);
        // The oldest of those that stand for it.
        var known = file.Imported.Where(i => i.Value.Buffer == buffer).OrderBy(i => i.Value.Turn).Select(i => i.Key).FirstOrDefault();
        if (known != 0)
            return (Errno.None, known);
        var isOwn = buffer.Of.Device == file.Device;
        if (isOwn)
            buffer.Of.Exported = buffer;
        var handle = Take(file, isOwn ? buffer.Of : new Object(file.Device, buffer));
        file.Imported.Add(handle, (buffer, ++file.Turn));
        return (Errno.None, handle);
    }

    public int Duplicate(int descriptor) => Find(descriptor) is { } buffer ? Add(buffer) : -1;

    public Errno CloseDescriptor(int descriptor) => _descriptors.Remove(descriptor) ? Errno.None : Errno.EBADF;

    private int Add(Buffer buffer)
    {
        var number = (int)LowestFree(0, n => _descriptors.ContainsKey((int)n));
        _descriptors.Add(number, buffer);
        return number;
    }

    private static uint Take(File file, Object thing)
    {
        var handle = LowestFree(1, file.Handles.ContainsKey);
        file.Handles.Add(handle, thing);
        thing.Handles++;
        return handle;
    }

    private void Release(Object thing)
    {
        if (--thing.Handles > 0)
            return;
        _names.Remove((thing.Device, thing.Name));
        thing.Name = 0;
        // What a descriptor still stands for comes back with an import.
        thing.Exported = null;
    }

    private static uint LowestFree(uint first, Func<uint, bool> isTaken)
    {
        while (isTaken(first))
            first++;
        return first;
    }

    internal sealed class File(int device)
    {
        public int Device => device;

        public int Turn { get; set; }

        public SortedDictionary<uint, Object> Handles { get; } = [];

        public Dictionary<uint, (Buffer Buffer, int Turn)> Imported { get; } = [];
    }

    internal sealed class Object(int device, Buffer? import)
    {
        public int Device => device;

        public Buffer? Import => import;

        public Buffer? Exported { get; set; }

        public int Handles { get; set; }

        public uint Name { get; set; }
    }

    internal sealed class Buffer(Object of, bool isWritable)
    {
        public Object Of => of;

        public bool IsWritable => isWritable;
    }
}
