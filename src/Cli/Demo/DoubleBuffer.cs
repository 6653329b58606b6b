using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Cli.Demo;

/// <summary>Two dumb buffers of a mode's size with their framebuffers and mappings: one is shown while the other is drawn.</summary>
internal sealed class DoubleBuffer : IAsyncDisposable
{
    private readonly DrmCard _card;
    private readonly List<Side> _sides = [];
    private int _back;

    private DoubleBuffer(DrmCard card) => _card = card;

    public FramebufferId Back => _sides[_back].Framebuffer;

    public DrmMapping Pixels => _sides[_back].Mapping;

    public int Pitch => (int)_sides[_back].Buffer.Pitch;

    /// <summary>Which of the two is drawn now: 0 or 1.</summary>
    public int Index => _back;

    public static async Task<DoubleBuffer> CreateAsync(DrmCard card, DemoOutput output, CancellationToken cancellation)
    {
        var made = new DoubleBuffer(card);
        try
        {
            for (var i = 0; i < 2; i++)
                await made.AddAsync(output.Mode, cancellation);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    public void Swap() => _back ^= 1;

    public Task TurnOffAsync(CrtcId crtc) => _card.SetCrtcAsync(crtc, default, 0, 0, [], null);

    public async ValueTask DisposeAsync()
    {
        foreach (var side in _sides)
        {
            side.Mapping.Dispose();
            await _card.RmFbAsync(side.Framebuffer);
            await side.Buffer.DisposeAsync();
        }
    }

    private async Task AddAsync(ModeInfo mode, CancellationToken cancellation)
    {
        var buffer = await _card.CreateDumbAsync(mode.HDisplay, mode.VDisplay, cancellationToken: cancellation);
        var framebuffer = await _card.AddFbAsync(buffer, cancellation);
        _sides.Add(new Side(buffer, framebuffer, await buffer.MapAsync(cancellation)));
    }

    private sealed record Side(DrmBuffer Buffer, FramebufferId Framebuffer, DrmMapping Mapping);
}
