using System.Collections.Immutable;
using System.Text.Json;
using DrmActors.Messages;
using static DrmActors.Bridge.Tests.Tracing.Traced;

namespace DrmActors.Bridge.Tests.Tracing;

public sealed class TraceJsonTests
{
    [Fact]
    public void A_call_should_be_an_object_with_the_data_of_the_text()
    {
        var json = Json(Call(new ModeCreateDumb(64, 48, 32), Reply<DumbBuffer>.Success(new DumbBuffer(new GemHandle(1), 256, 12_288))));

        Assert.Equal("DRM_IOCTL_MODE_CREATE_DUMB", json.GetProperty("call").GetString());
        Assert.Equal("0xc02064b2", json.GetProperty("number").GetString());
        Assert.Equal(("card0", 123, 7), (json.GetProperty("node").GetString(), json.GetProperty("pid").GetInt32(), json.GetProperty("file").GetInt32()));
        Assert.Equal((5_000, 12_345), (json.GetProperty("time").GetInt64(), json.GetProperty("duration").GetInt64()));
        Assert.Equal(64, json.GetProperty("argument").GetProperty("width").GetInt32());
        Assert.Equal(12_288, json.GetProperty("answer").GetProperty("size").GetInt32());
        Assert.Equal(0, json.GetProperty("result").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("errno").ValueKind);
    }

    [Fact]
    public void A_failure_should_have_its_error_and_no_answer()
    {
        var json = Json(Call(null, errno: Errno.EINVAL, number: 0xc0106499));

        Assert.Equal("_IOC(_IOC_READ|_IOC_WRITE, 'd', 0x99, 16)", json.GetProperty("call").GetString());
        Assert.Equal((-1, "EINVAL"), (json.GetProperty("result").GetInt32(), json.GetProperty("errno").GetString()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("argument").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("answer").ValueKind);
    }

    [Fact]
    public void Arrays_should_be_cut_and_events_should_tell_their_type()
    {
        var plane = new ModePlane(default, default, default, 1, [.. Enumerable.Repeat(0x34325258u, 10)]);
        var formats = Json(Call(new ModeGetPlane(default), Reply<ModePlane>.Success(plane))).GetProperty("answer").GetProperty("formats");
        var events = Json(Call(new ReadEvents(64, true), Reply<EventBatch>.Success(new EventBatch([new VblankEvent(1, 2, 3, default)]))));

        Assert.Equal((9, "XR24", 2), (formats.GetArrayLength(), formats[0].GetString(), formats[8].GetProperty("more").GetInt32()));
        Assert.Equal("VBLANK", events.GetProperty("answer").GetProperty("events")[0].GetProperty("type").GetString());
        Assert.Equal(32, events.GetProperty("result").GetInt32());
        Assert.False(events.TryGetProperty("number", out _));
    }
}
