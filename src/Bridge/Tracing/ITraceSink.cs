namespace DrmActors.Bridge.Tracing;

/// <summary>What the fields of a call are written to: a line of text or of JSON.</summary>
internal interface ITraceSink
{
    void BeginRecord(string? name);

    void Field(string name);

    void EndRecord();

    void BeginArray();

    /// <summary>The array had more elements than are written.</summary>
    void Cut(int more);

    void EndArray();

    void Number(ulong value);

    void Negative(long value);

    void Boolean(bool value);

    /// <summary>A name or a number that is no quantity: XR24, EVENT|ASYNC, 0x10.</summary>
    void Symbol(string value);

    void Text(string value);

    void Null();
}
