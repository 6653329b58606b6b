namespace DrmActors.Simulation.Worlds;

/// <summary>The lanes that have something to run, in the order of their names: who was ready first, which may hang on a hash, does not matter.</summary>
internal sealed class ReadyLanes
{
    /// <summary>In place of an index: no lane.</summary>
    public const int None = int.MinValue;

    private readonly List<Lane> _lanes = [];

    public int Count => _lanes.Count;

    public Lane this[int index] => _lanes[index];

    /// <summary>Once for a lane that was not ready before. Behind others of its name: an actor that ends, and the next one in its place.</summary>
    public void Add(Lane lane) => _lanes.Insert(Bound(lane.Name, afterEqual: true), lane);

    public void RemoveAt(int index) => _lanes.RemoveAt(index);

    /// <summary>The first of this name; <see cref="None"/> where none is ready.</summary>
    public int Find(string name)
    {
        var index = Bound(name, afterEqual: false);
        return index < _lanes.Count && string.Equals(_lanes[index].Name, name, StringComparison.Ordinal) ? index : None;
    }

    /// <summary>The first behind this name; <see cref="Count"/> where there is none.</summary>
    public int After(string name) => Bound(name, afterEqual: true);

    private int Bound(string name, bool afterEqual)
    {
        var (low, high) = (0, _lanes.Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            var order = string.CompareOrdinal(_lanes[middle].Name, name);
            if (order < 0 || (order == 0 && afterEqual))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
