namespace DrmActors.Messages;

// One type an object kind, so that they cannot be mixed up. 0 is "none". All mode objects of a device share one
// number space (drm_mode.h); GEM handles count from 1 in each file.

/// <summary>A GEM handle of one open file; 1 upward, 0 is none. drm.h.</summary>
public readonly record struct GemHandle(uint Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => $"handle {Value}";
}

/// <summary>The global name of a GEM object on its device (FLINK); 1 upward, 0 is none. drm.h.</summary>
public readonly record struct GemName(uint Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => $"name {Value}";
}

public readonly record struct CrtcId(uint Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => $"crtc {Value}";
}

public readonly record struct PlaneId(uint Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => $"plane {Value}";
}

public readonly record struct EncoderId(uint Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => $"encoder {Value}";
}

public readonly record struct ConnectorId(uint Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => $"connector {Value}";
}

public readonly record struct FramebufferId(uint Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => $"framebuffer {Value}";
}

public readonly record struct PropertyId(uint Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => $"property {Value}";
}

public readonly record struct BlobId(uint Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => $"blob {Value}";
}

/// <summary>A syncobj of one open file; 1 upward, 0 is none. drm.h.</summary>
public readonly record struct SyncobjHandle(uint Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => $"syncobj {Value}";
}

/// <summary>
/// A file descriptor: of a dma-buf, a sync file, a syncobj. 0 upward, -1 is none. Numbers mean something in one process; all that is embedded in a host
/// shares the host's table, and the bridge translates those of its programs.
/// </summary>
public readonly record struct Descriptor(int Number)
{
    public static readonly Descriptor None = new(-1);

    public bool IsNone => Number < 0;

    public override string ToString() => $"descriptor {Number}";
}
