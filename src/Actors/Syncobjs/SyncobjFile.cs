using DrmActors.Actors.Descriptors;

namespace DrmActors.Actors.Syncobjs;

/// <summary>A syncobj that travels as a descriptor; each export makes one of its own.</summary>
internal sealed class SyncobjFile(Syncobj syncobj) : Description
{
    public Syncobj Syncobj => syncobj;

    protected override void Released()
    {
    }
}
