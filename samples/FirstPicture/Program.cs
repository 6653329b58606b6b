// The simplest client: open, create, map, draw, set a mode, flip on vblanks, look at what the monitor shows.
using System.Runtime.InteropServices;
using DrmActors.Hosting;
using DrmActors.Messages;

// begin README
await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "rk3399" } });
await using var card = await host.OpenAsync();
var resources = await card.GetResourcesAsync();
var monitor = await card.GetConnectorAsync(resources.Connectors[0]);
var (crtc, mode) = (resources.Crtcs[0], monitor.Modes[0]);

var framebuffers = new FramebufferId[2];
for (var i = 0; i < 2; i++)
{
    var buffer = await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay);
    using var mapping = await buffer.MapAsync(); // straight into what is scanned out: no copy
    MemoryMarshal.Cast<byte, uint>(mapping.Span).Fill(i == 0 ? 0x204080u : 0xff9000u);
    framebuffers[i] = await card.AddFbAsync(buffer);
}

await card.SetCrtcAsync(crtc, framebuffers[0], monitor.Id, mode);
await card.PageFlipAsync(crtc, framebuffers[1]);
var flip = (FlipCompleteEvent)await card.NextEventAsync();
using var frame = await host.CaptureAsync(card.Minor, crtc);
Console.WriteLine($"{mode}: flipped at vblank {flip.Sequence}, pixel 0x{frame.PixelAt(0, 0):x6}");
// end README

// And on: two seconds of flips, each at its vblank.
await card.PageFlipAsync(crtc, framebuffers[0]);
var first = ((FlipCompleteEvent)await card.NextEventAsync()).Sequence;
for (var i = 1; i <= 120; i++)
{
    await card.PageFlipAsync(crtc, framebuffers[i % 2]);
    flip = (FlipCompleteEvent)await card.NextEventAsync();
}

Console.WriteLine($"120 flips in {flip.Sequence - first} vblanks");
frame.SavePng("first-picture.png");
