using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

/// <summary>An atomic request is four arrays, each of which may end before what it is said to have does.</summary>
public sealed class AtomicCodecTests
{
    private const ulong Ids = ClientMemory.Start + 4096 - 8;
    private const ulong Counts = ClientMemory.Start;
    private const ulong Names = ClientMemory.Start + 0x100;
    private const ulong Values = ClientMemory.Start + 0x200;

    private readonly ClientMemory _memory = new();

    [Fact]
    public void A_request_should_have_its_objects_with_their_properties()
    {
        Put([31, 32], [1, 2], [5, 6, 7], [50, 60, 70]);

        var call = Decode(new drm_mode_atomic { count_objs = 2, objs_ptr = Ids, count_props_ptr = Counts, props_ptr = Names, prop_values_ptr = Values });

        Assert.Equal("31: 5=50; 32: 6=60 7=70", Text(call));
        Assert.False(call.IsCut);
    }

    [Theory]
    [InlineData(3u)]
    [InlineData(5_000u)]
    [InlineData(uint.MaxValue)]
    public void Objects_before_the_first_that_cannot_be_read_should_be_looked_at(uint count)
    {
        Put([31, 32], [1, 0], [5], [50]);

        var call = Decode(new drm_mode_atomic { count_objs = count, objs_ptr = Ids, count_props_ptr = Counts, props_ptr = Names, prop_values_ptr = Values });

        Assert.Equal("31: 5=50; 32:", Text(call));
        Assert.True(call.IsCut);
    }

    [Fact]
    public void An_object_whose_count_cannot_be_read_should_be_looked_for()
    {
        const ulong LastCount = ClientMemory.Start + 4096 - 4;
        _memory.Put<uint>(Names, 31, 32).Put<uint>(LastCount, 0);

        var call = Decode(new drm_mode_atomic { count_objs = 2, objs_ptr = Names, count_props_ptr = LastCount });

        Assert.Equal("31:; 32:", Text(call));
        Assert.True(call.IsCut);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Properties_before_the_first_that_cannot_be_read_should_be_looked_at(bool isName)
    {
        const ulong Last = ClientMemory.Start + 4096 - 16;
        Put([31, 32], [1, 9], [5, 6, 7, 8], [50, 60, 70, 80]);
        if (isName)
            _memory.Put<uint>(Last + 8, 5, 6);
        else
            _memory.Put<ulong>(Last, 50, 60);

        var call = Decode(new drm_mode_atomic
        {
            count_objs = 2,
            objs_ptr = Counts + 0x80,
            count_props_ptr = Counts,
            props_ptr = isName ? Last + 8 : Names,
            prop_values_ptr = isName ? Values : Last,
        });

        Assert.Equal("31: 5=50; 32: 6=60", Text(call));
        Assert.True(call.IsCut);
    }

    private void Put(uint[] ids, uint[] counts, uint[] names, ulong[] values) =>
        _memory.Put<uint>(Ids, ids).Put<uint>(Counts, counts).Put<uint>(Counts + 0x80, ids).Put<uint>(Names, names).Put<ulong>(Values, values);

    private ModeAtomic Decode(drm_mode_atomic argument) => Ioctl.Decode<ModeAtomic, drm_mode_atomic>(argument, _memory);

    private static string Text(ModeAtomic call) => string.Join(
        "; ", call.Objects.Select(o => $"{o.Id}:{string.Concat(o.Properties.Select(p => $" {p.Property.Value}={p.Value}"))}"));
}
