using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

// What goes wrong with commits and flips, when the host asks for it. ENODEV where there is no such card, ENOENT for an unknown CRTC or connector.

/// <summary>From the nth commit on that would be carried out (1 is the next), so many fail with this, and change nothing.</summary>
internal sealed record FailCommits(int Minor, Errno Errno, int Nth, int Times) : IIoctl<Done>, ICardCall;

/// <summary>So many commits of a CRTC, from the next on, never come to the screen: nobody hears of them. After ten seconds the CRTC is free again.</summary>
internal sealed record HoldFlips(int Minor, CrtcId Crtc, int Count) : IIoctl<Done>, ICardCall;

/// <summary>The next vblank interrupt of a CRTC that somebody waits for comes late, by so many nanoseconds. What it tells is of the vblank itself.</summary>
internal sealed record DelayVblank(int Minor, CrtcId Crtc, long Late) : IIoctl<Done>, ICardCall;

/// <summary>The monitor is pulled out when the next commit of its CRTC is on the way to the screen.</summary>
internal sealed record VanishAtFlip(int Minor, ConnectorId Connector) : IIoctl<Done>, ICardCall;
