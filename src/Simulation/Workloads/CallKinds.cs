using System.Collections.Immutable;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Workloads;

/// <summary>A kind of call: its name in mixes and files, and how one is drawn.</summary>
internal sealed record CallKind(string Name, Type Type, Func<Seed, WorkloadCall> Draw)
{
    public static CallKind Of<T>(string name, Func<Seed, T> draw)
        where T : WorkloadCall => new(name, typeof(T), draw);
}

/// <summary>Every kind of call that a workload can make. A new one needs a line here and a weight in a mix of config/workloads.</summary>
internal static class CallKinds
{
    public static readonly ImmutableArray<CallKind> All =
    [
        CallKind.Of("open", OpenCall.Draw),
        CallKind.Of("close", CloseCall.Draw),
        CallKind.Of("die", DieCall.Draw),
        CallKind.Of("create-dumb", CreateDumbCall.Draw),
        CallKind.Of("create-for-mode", CreateForModeCall.Draw),
        CallKind.Of("destroy-dumb", s => new DestroyDumbCall(Slots.Draw(s))),
        CallKind.Of("gem-close", s => new GemCloseCall(Slots.Draw(s))),
        CallKind.Of("gem-close-any", s => new GemCloseAnyCall((uint)s.Below(12))),
        CallKind.Of("map", s => new MapCall(Slots.Draw(s))),
        CallKind.Of("map-again", s => new MapAgainCall(Slots.Draw(s))),
        CallKind.Of("map-too-long", s => new MapTooLongCall(Slots.Draw(s))),
        CallKind.Of("touch", s => new TouchCall(Slots.Draw(s))),
        CallKind.Of("unmap", s => new UnmapCall(Slots.Draw(s))),
        CallKind.Of("flink", s => new FlinkCall(Slots.Draw(s))),
        CallKind.Of("gem-open", s => new GemOpenCall(Slots.Draw(s))),
        CallKind.Of("gem-open-any", s => new GemOpenAnyCall((uint)s.Below(8))),
        CallKind.Of("prime-export", PrimeExportCall.Draw),
        CallKind.Of("prime-import", s => new PrimeImportCall(Slots.Draw(s))),
        CallKind.Of("prime-import-any", s => new PrimeImportAnyCall(s.Below(8) - 1)),
        CallKind.Of("prime-together", PrimeTogetherCall.Draw),
        CallKind.Of("take-descriptor", s => new TakeDescriptorCall(Slots.Draw(s))),
        CallKind.Of("map-dma-buf", s => new MapDmaBufCall(Slots.Draw(s))),
        CallKind.Of("unmap-dma-buf", s => new UnmapDmaBufCall(Slots.Draw(s))),
        CallKind.Of("use-dma-buf", UseDmaBufCall.Draw),
        CallKind.Of("take-in", TakeInCall.Draw),
        CallKind.Of("attach-fence", AttachFenceCall.Draw),
        CallKind.Of("signal-fence", s => new SignalFenceCall(Slots.Draw(s))),
        CallKind.Of("close-descriptor", s => new CloseDescriptorCall(Slots.Draw(s))),
        CallKind.Of("together", TogetherCall.Draw),
        CallKind.Of("add-fb", s => new AddFbCall(Slots.Draw(s))),
        CallKind.Of("add-fb2", AddFb2Call.Draw),
        CallKind.Of("rm-fb", s => new RmFbCall(Slots.Draw(s))),
        CallKind.Of("close-fb", s => new CloseFbCall(Slots.Draw(s))),
        CallKind.Of("rm-fb-any", s => new RmFbAnyCall(Slots.Draw(s))),
        CallKind.Of("get-fb", s => new GetFbCall(Slots.Draw(s))),
        CallKind.Of("get-fb2", s => new GetFb2Call(Slots.Draw(s))),
        CallKind.Of("dirty-fb", s => new DirtyFbCall(Slots.Draw(s))),
        CallKind.Of("show", s => new ShowCall(Slots.Draw(s), Slots.Draw(s), s.OneIn(4) ? 1 : 0)),
        CallKind.Of("set-crtc", SetCrtcCall.Draw),
        CallKind.Of("crtc-off", s => new CrtcOffCall(Slots.Draw(s))),
        CallKind.Of("page-flip", PageFlipCall.Draw),
        CallKind.Of("flip-twice", s => new FlipTwiceCall(Slots.Draw(s))),
        CallKind.Of("set-plane", SetPlaneCall.Draw),
        CallKind.Of("atomic", AtomicCall.Draw),
        CallKind.Of("set-cursor", s => new SetCursorCall(Slots.Draw(s), Slots.Draw(s))),
        CallKind.Of("move-cursor", s => new MoveCursorCall(Slots.Draw(s), s.Below(2000) - 100, s.Below(2000) - 100)),
        CallKind.Of("hide-cursor", s => new HideCursorCall(Slots.Draw(s))),
        CallKind.Of("probe", s => new ProbeCall(Slots.Draw(s), s.OneIn(2))),
        CallKind.Of("get-resources", _ => new GetResourcesCall()),
        CallKind.Of("get-properties", s => new GetPropertiesCall(Slots.Draw(s))),
        CallKind.Of("set-property", s => new SetPropertyCall(Slots.Draw(s), Slots.Draw(s), (ulong)s.Below(4))),
        CallKind.Of("create-blob", s => new CreateBlobCall(s.Below(64))),
        CallKind.Of("get-blob", s => new GetBlobCall(Slots.Draw(s))),
        CallKind.Of("destroy-blob", s => new DestroyBlobCall(Slots.Draw(s))),
        CallKind.Of("destroy-blob-any", s => new DestroyBlobAnyCall(Slots.Draw(s))),
        CallKind.Of("read-events", _ => new ReadEventsCall()),
        CallKind.Of("wait-vblank", WaitVblankCall.Draw),
        CallKind.Of("vblank-event", VblankEventCall.Draw),
        CallKind.Of("get-sequence", s => new GetSequenceCall(Slots.Draw(s))),
        CallKind.Of("queue-sequence", QueueSequenceCall.Draw),
        CallKind.Of("set-master", _ => new SetMasterCall()),
        CallKind.Of("drop-master", _ => new DropMasterCall()),
        CallKind.Of("get-magic", _ => new GetMagicCall()),
        CallKind.Of("auth-magic", s => new AuthMagicCall(Slots.Draw(s))),
        CallKind.Of("lease", LeaseCall.Draw),
        CallKind.Of("use-lease", UseLeaseCall.Draw),
        CallKind.Of("end-lease", s => new EndLeaseCall(Slots.Draw(s))),
        CallKind.Of("revoke-lease", s => new RevokeLeaseCall(Slots.Draw(s))),
        CallKind.Of("list-lessees", _ => new ListLesseesCall()),
        CallKind.Of("ask", AskCall.Draw),
        CallKind.Of("set-version", s => new SetVersionCall(s.Below(7))),
        CallKind.Of("set-client-cap", SetClientCapCall.Draw),
        CallKind.Of("set-client-name", SetClientNameCall.Draw),
        CallKind.Of("get-crtc", s => new GetCrtcCall(Slots.Draw(s))),
        CallKind.Of("get-encoder", s => new GetEncoderCall(Slots.Draw(s))),
        CallKind.Of("get-planes", s => new GetPlanesCall(Slots.Draw(s))),
        CallKind.Of("get-property", s => new GetPropertyCall(Slots.Draw(s), Slots.Draw(s))),
        CallKind.Of("set-connector-property", s => new SetConnectorPropertyCall(Slots.Draw(s), Slots.Draw(s), (ulong)s.Below(4))),
        CallKind.Of("get-gamma", GetGammaCall.Draw),
        CallKind.Of("set-gamma", SetGammaCall.Draw),
        CallKind.Of("set-cursor2", s => new SetCursor2Call(Slots.Draw(s), Slots.Draw(s), s.Below(64))),
        CallKind.Of("auth-any", s => new AuthAnyCall((uint)s.Below(1000))),
        CallKind.Of("create-syncobj", CreateSyncobjCall.Draw),
        CallKind.Of("destroy-syncobj", s => new DestroySyncobjCall(Slots.Draw(s))),
        CallKind.Of("export-syncobj", ExportSyncobjCall.Draw),
        CallKind.Of("import-syncobj", ImportSyncobjCall.Draw),
        CallKind.Of("wait-syncobjs", WaitSyncobjsCall.Draw),
        CallKind.Of("wait-points", WaitPointsCall.Draw),
        CallKind.Of("reset-syncobjs", s => new ResetSyncobjsCall(SyncobjPlaces.Draw(s))),
        CallKind.Of("signal-syncobjs", s => new SignalSyncobjsCall(SyncobjPlaces.Draw(s))),
        CallKind.Of("signal-points", s => new SignalPointsCall(SyncobjPlaces.Draw(s), (ulong)s.Below(6))),
        CallKind.Of("query-points", s => new QueryPointsCall(SyncobjPlaces.Draw(s), s.OneIn(2))),
        CallKind.Of("transfer-point", TransferPointCall.Draw),
        CallKind.Of("count-point", CountPointCall.Draw),
        CallKind.Of("open-timeline", _ => new OpenTimelineCall()),
        CallKind.Of("create-fence", s => new CreateFenceCall(Slots.Draw(s), (uint)s.Below(12))),
        CallKind.Of("advance-timeline", s => new AdvanceTimelineCall(Slots.Draw(s), (uint)s.Below(4))),
        CallKind.Of("merge-fences", MergeFencesCall.Draw),
        CallKind.Of("look-at-fence", LookAtFenceCall.Draw),
        CallKind.Of("wait-fence", WaitFenceCall.Draw),
        CallKind.Of("fenced-flip", FencedFlipCall.Draw),
    ];

    /// <summary>What goes wrong: drawn from a <see cref="FaultMix"/>, and no call of a mix.</summary>
    public static readonly ImmutableArray<CallKind> Faults =
    [
        CallKind.Of("kill", KillCall.Draw),
        CallKind.Of("unplug", UnplugCall.Draw),
        CallKind.Of("hotplug", HotplugCall.Draw),
        CallKind.Of("port", PortCall.Draw),
        CallKind.Of("crash", CrashCall.Draw),
        CallKind.Of("fail-ioctl", FailIoctlCall.Draw),
    ];

    /// <summary>In workloads and their files.</summary>
    public static IEnumerable<CallKind> Everything => All.Concat(Faults);

    private static readonly ImmutableDictionary<string, CallKind> ByName = All.ToImmutableDictionary(k => k.Name, StringComparer.Ordinal);

    /// <summary>Null for none of that name.</summary>
    public static CallKind? Find(string name) => ByName.GetValueOrDefault(name);

    public static string NameOf(WorkloadCall call) => Everything.First(k => k.Type == call.GetType()).Name;
}
