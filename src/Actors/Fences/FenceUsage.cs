namespace DrmActors.Actors.Fences;

/// <summary>What a fence in a <see cref="Reservation"/> stands for, from what concerns everybody to what concerns almost nobody.</summary>
internal enum FenceUsage
{
    /// <summary>The memory itself is being moved or cleared: nobody may touch it before.</summary>
    Kernel,

    /// <summary>Somebody writes. Readers and writers wait.</summary>
    Write,

    /// <summary>Somebody reads. Writers wait.</summary>
    Read,

    /// <summary>The memory has to stay where it is until then, and that is all.</summary>
    Bookkeep,
}
