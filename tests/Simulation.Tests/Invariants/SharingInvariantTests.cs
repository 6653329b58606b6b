using System.Collections.Immutable;
using DrmActors.Actors.Drivers;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>What must not be of buffers that several boards share is found.</summary>
public sealed class SharingInvariantTests
{
    private static readonly DeviceSnapshot Idle = new(KmsState.Reset(new ModeConfig { MinWidth = 0, MinHeight = 0, MaxWidth = 64, MaxHeight = 64 }), 0, 0);
    private static readonly QuietImport Import = new(3, Exporter: 0, Of: 7, IsLost: false, IsShown: false, SharesMemory: true, SharesFences: true);
    private static readonly UseCounts Attached = new(Attached: 1, Pinned: 1, Tables: 1);
    private static readonly UseCounts Around = new(Imported: 1);

    [Fact]
    public void Importers_should_have_memory_fences_and_one_attachment()
    {
        Assert.Null(Wrong(Import, Attached, Around));
        Assert.NotNull(Wrong(Import with { SharesMemory = false }, Attached, Around));
        Assert.NotNull(Wrong(Import with { SharesFences = false }, Attached, Around));
        foreach (var wrong in (UseCounts[])[default, Attached with { Attached = 2 }, Attached with { Pinned = 0 }, Attached with { Tables = 2 }, Attached with { Mapped = 1 }])
            Assert.NotNull(Wrong(Import, wrong, Around));
        Assert.NotNull(Wrong(Import, Attached, default));
    }

    [Fact]
    public void What_is_shown_should_be_mapped_once()
    {
        Assert.Null(Wrong(Import with { IsShown = true }, Attached with { Mapped = 1 }, Around));
        Assert.NotNull(Wrong(Import with { IsShown = true }, Attached, Around));
    }

    [Fact]
    public void Nobody_should_be_attached_to_what_has_ended()
    {
        Assert.Null(Wrong(Import with { IsLost = true }, default, Around));
        Assert.NotNull(Wrong(Import with { IsLost = true }, Attached, Around));
        var left = new QuietPoint([Device(0, default, (7, Attached))], default);
        Assert.NotNull(new ImportersShareWhatTheyImport().AtEnd(new([Device(0, default)], default), left));
    }

    [Fact]
    public void Memory_should_hold_what_somebody_wrote_there()
    {
        var (here, there) = ((4096L, 1u), (8192L, 1u));
        var run = new Watched(new SharedMemoryStays());
        run.Watch.Mark(client: 0, here, 11);
        run.Watch.Mark(client: 1, there, 22);
        run.Watch.Look(new ObservedGlance(1, 0, here, Head: 11));
        // As it was before the others wrote.
        run.Watch.Look(new ObservedGlance(1, 0, here, Head: 0));
        Violates(new ObservedGlance(0, 0, here, Head: 0));
        Violates(new ObservedGlance(0, 0, here, Head: 22));
        Violates(new ObservedGlance(0, 0, here, Head: 33));
        Violates(new ObservedGlance(0, 0, (4096, 2), Head: 11));

        void Violates(ObservedGlance glance) => Watched.Violates<SharedMemoryStays>(() => run.Watch.Look(glance));
    }

    private static string? Wrong(QuietImport import, UseCounts ofExporter, UseCounts ofImporter) => new ImportersShareWhatTheyImport().AtQuiet(
        new QuietPoint([Device(0, default, (7, ofExporter)), Device(1, [import], (3, ofImporter))], default));

    private static QuietDevice Device(int number, ImmutableArray<QuietImport> imports, params (ulong Object, UseCounts Uses)[] uses) => new(number, Idle, [])
    {
        Imports = imports.IsDefault ? [] : imports,
        Uses = uses.Where(u => u.Uses != default).ToImmutableDictionary(u => u.Object, u => u.Uses),
    };
}
