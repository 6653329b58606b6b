using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class ResourcesCodecTests
{
    private const ulong A = ClientMemory.Start;
    private const ulong B = ClientMemory.Start + 1024;
    private static readonly Reply<ModeResources> Resources = Reply<ModeResources>.Success(
        new ModeResources([], [new(31), new(32)], [new(41)], [new(51), new(52), new(53)], 1, 4096, 2, 4097));

    private static readonly ModeInfo Mode = new() { Clock = 148500, HDisplay = 1920, VDisplay = 1080, Name = "1920x1080" };
    private static readonly Reply<ModeConnector> Hdmi = Reply<ModeConnector>.Success(
        new ModeConnector(new(41), new(51), ConnectorType.HdmiA, 1, ConnectorStatus.Connected, 520, 290, SubpixelOrder.Unknown,
            [new(51), new(52)], [Mode, Mode with { Name = "second" }], [new(new(7), 70), new(new(8), 1ul << 63)]));

    private readonly ClientMemory _memory = new();

    [Fact]
    public void Resources_should_tell_counts_and_limits_where_no_array_is_given()
    {
        var argument = default(drm_mode_card_res);

        Ioctl.Decode<ModeGetResources, drm_mode_card_res>(argument);
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetResources, drm_mode_card_res>(Resources, ref argument));
        Assert.Equal(
            new drm_mode_card_res
            {
                count_crtcs = 2,
                count_connectors = 1,
                count_encoders = 3,
                min_width = 1,
                max_width = 4096,
                min_height = 2,
                max_height = 4097,
            },
            argument);
    }

    [Fact]
    public void Resources_should_fill_what_fits()
    {
        var argument = new drm_mode_card_res { encoder_id_ptr = A, count_encoders = 2, crtc_id_ptr = B, count_crtcs = uint.MaxValue };

        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetResources, drm_mode_card_res>(Resources, ref argument, _memory));
        Assert.Equal((3u, 2u), (argument.count_encoders, argument.count_crtcs));
        Assert.Equal([51u, 52u, 0u], _memory.Get<uint>(A, 3));
        Assert.Equal([31u, 32u, 0u], _memory.Get<uint>(B, 3));
    }

    [Theory]
    [InlineData(ClientMemory.Unmapped)]
    [InlineData(ClientMemory.Start + 4092)] // the second one is off the page
    [InlineData(ulong.MaxValue - 3)]
    public void Resources_should_stop_at_an_array_that_cannot_be_written(ulong address)
    {
        var argument = new drm_mode_card_res { crtc_id_ptr = A, count_crtcs = 9, encoder_id_ptr = address, count_encoders = 9, count_connectors = 9 };

        Assert.Equal(Errno.EFAULT, Ioctl.Encode<ModeGetResources, drm_mode_card_res>(Resources, ref argument, _memory));
        Assert.Equal((2u, 9u, 9u, 4096u), (argument.count_crtcs, argument.count_encoders, argument.count_connectors, argument.max_width));
    }

    [Fact]
    public void Encoder_should_be_told()
    {
        var argument = new drm_mode_get_encoder { encoder_id = 51 };

        Assert.Equal(new ModeGetEncoder(new(51)), Ioctl.Decode<ModeGetEncoder, drm_mode_get_encoder>(argument));
        Reply<ModeEncoder> reply = Reply<ModeEncoder>.Success(new ModeEncoder(new(51), EncoderType.Tmds, new(31), 3, 1));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetEncoder, drm_mode_get_encoder>(reply, ref argument));
        Assert.Equal(
            new drm_mode_get_encoder { encoder_id = 51, encoder_type = 2, crtc_id = 31, possible_crtcs = 3, possible_clones = 1 }, argument);
    }

    [Fact]
    public void Connector_should_be_probed_where_no_modes_are_asked_for()
    {
        var argument = new drm_mode_get_connector { connector_id = 41 };

        Assert.Equal(new ModeGetConnector(new(41), Probe: true), Ioctl.Decode<ModeGetConnector, drm_mode_get_connector>(argument));
        argument.count_modes = 1;
        Assert.Equal(new ModeGetConnector(new(41), Probe: false), Ioctl.Decode<ModeGetConnector, drm_mode_get_connector>(argument));
    }

    [Fact]
    public void Connector_should_tell_true_counts_in_the_kernels_numbers()
    {
        var argument = new drm_mode_get_connector { connector_id = 41, pad = 9 };

        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetConnector, drm_mode_get_connector>(Hdmi, ref argument));
        Assert.Equal(
            new drm_mode_get_connector
            {
                count_modes = 2,
                count_props = 2,
                count_encoders = 2,
                encoder_id = 51,
                connector_id = 41,
                connector_type = 11,
                connector_type_id = 1,
                connection = 1,
                mm_width = 520,
                mm_height = 290,
                subpixel = 0,
                pad = 9,
            },
            argument);
    }

    [Fact]
    public void Connector_should_write_modes_and_encoders_whole_or_not_at_all_and_properties_as_they_fit()
    {
        var argument = new drm_mode_get_connector
        {
            modes_ptr = A,
            count_modes = 1,
            encoders_ptr = B,
            count_encoders = 1,
            props_ptr = A + 2048,
            prop_values_ptr = B + 2048,
            count_props = 1,
        };

        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetConnector, drm_mode_get_connector>(Hdmi, ref argument, _memory));
        Assert.Equal((2u, 2u, 2u), (argument.count_modes, argument.count_encoders, argument.count_props));
        Assert.Equal([0u, 0u], [.. _memory.Get<uint>(A, 1), .. _memory.Get<uint>(B, 1)]);
        Assert.Equal([7u, 0u], _memory.Get<uint>(A + 2048, 2));
        Assert.Equal([70ul, 0ul], _memory.Get<ulong>(B + 2048, 2));

        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetConnector, drm_mode_get_connector>(Hdmi, ref argument, _memory));
        Assert.Equal([Mode, Mode with { Name = "second" }], _memory.Get<drm_mode_modeinfo>(A, 2).Select(m => ModeInfoCodec.Decode(in m)));
        Assert.Equal([51u, 52u, 0u], _memory.Get<uint>(B, 3));
        Assert.Equal([7u, 8u, 0u], _memory.Get<uint>(A + 2048, 3));
        Assert.Equal([70ul, 1ul << 63, 0ul], _memory.Get<ulong>(B + 2048, 3));
    }

    [Fact]
    public void Connector_should_stop_at_an_array_that_cannot_be_written()
    {
        var argument = new drm_mode_get_connector { modes_ptr = ClientMemory.Unmapped, count_modes = 5, count_props = 5 };
        Assert.Equal(Errno.EFAULT, Ioctl.Encode<ModeGetConnector, drm_mode_get_connector>(Hdmi, ref argument, _memory));
        Assert.Equal((11u, 2u, 5u, 5u), (argument.connector_type, argument.count_encoders, argument.count_modes, argument.count_props));

        argument = new drm_mode_get_connector { encoders_ptr = ClientMemory.Unmapped, count_encoders = 2 };
        Assert.Equal(Errno.EFAULT, Ioctl.Encode<ModeGetConnector, drm_mode_get_connector>(Hdmi, ref argument, _memory));
        Assert.Equal(0u, argument.connector_type);

        argument = new drm_mode_get_connector { props_ptr = A, prop_values_ptr = ClientMemory.Unmapped, count_props = 1 };
        Assert.Equal(Errno.EFAULT, Ioctl.Encode<ModeGetConnector, drm_mode_get_connector>(Hdmi, ref argument, _memory));
        Assert.Equal((51u, 1u), (argument.encoder_id, argument.count_props));
    }
}
