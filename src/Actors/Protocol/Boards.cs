using Akka.Actor;
using DrmActors.Actors.BringUp;
using DrmActors.Hardware.Boards;
using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

// From the host to the supervisor.

/// <summary>Switch a board on. Answered with <see cref="BoardBooted"/> when its card can be opened, or when nothing is left of the attempt.</summary>
/// <param name="Faults">Steps and components that are made to fail; null for none.</param>
internal sealed record BootBoard(BoardDescription Board, BindFaults? Faults = null);

/// <param name="Minor">N of cardN; -1 on failure.</param>
/// <param name="Errno">EBUSY for a board that is up already, ENODEV without a driver for it; else what the step failed with.</param>
/// <param name="FailedStep">Empty on success.</param>
internal sealed record BoardBooted(int Minor, Errno Errno, string FailedStep);

/// <summary>
/// Pull a board out while it is in use. Answered when nothing works for it any more, and it can be booted again: its card is gone, and what files
/// are still open on that find ENODEV. ENODEV for a board that is not up.
/// </summary>
internal sealed record UnplugBoard(string Board) : IIoctl<Done>;

/// <summary>Switch all boards off. Answered with <see cref="BoardsDown"/> when nothing is left of them; files still open then are gone, too.</summary>
internal sealed record ShutdownBoards
{
    public static readonly ShutdownBoards Instance = new();
}

internal sealed record BoardsDown
{
    public static readonly BoardsDown Instance = new();
}

// To the supervisor, from what it starts.

/// <summary>The firmware's framebuffer has its range, or does without (EBUSY) and stops.</summary>
internal sealed record FirmwareStarted(string Board, Errno Errno);

/// <summary>Step 2: a device for this board. Answered with <see cref="DeviceAllocated"/>.</summary>
internal sealed record AllocateDevice(string Board);

internal sealed record DeviceAllocated(IActorRef Device, int Minor);

/// <summary>Step 11: the device is there for everybody from now on (uevent "add").</summary>
internal sealed record AnnounceDevice(int Minor);

/// <summary>Step 11 undone: nobody opens the device any more (uevent "remove").</summary>
internal sealed record WithdrawDevice(int Minor);

/// <summary>Step 2 undone: the master needs the device no longer. Answered with <see cref="DevicePut"/>; its open files may keep it.</summary>
internal sealed record PutDevice(int Minor);

internal sealed record DevicePut(int Minor);

/// <summary>How a bind ended. After a failure the master has undone everything and stops.</summary>
internal sealed record BindFinished(string Board, int Minor, Errno Errno, string FailedStep);

/// <summary>Undo everything, in reverse, and stop.</summary>
internal sealed record UnbindBoard
{
    public static readonly UnbindBoard Instance = new();
}

// On the event stream.

/// <summary>A step of a board's bind has ended.</summary>
/// <param name="Number">1 to 12.</param>
internal sealed record BindProgress(string Board, int Number, string Name, Errno Errno);

/// <summary>A step of a board's bind has been undone.</summary>
internal sealed record UnbindProgress(string Board, int Number, string Name);

internal enum UeventAction
{
    Add,
    Remove,
    Change,
}

/// <summary>What udev would hear of a card.</summary>
/// <param name="Hotplug">HOTPLUG=1: something about a connector changed (<see cref="Hotplugged"/>). With <see cref="UeventAction.Change"/>.</param>
/// <param name="Lease">LEASE=1: a lessee has given back what it had. With <see cref="UeventAction.Change"/>.</param>
/// <param name="Connector">CONNECTOR=ID, where it is one that changed.</param>
/// <param name="Property">PROPERTY=ID, where it is not the status that did.</param>
internal sealed record Uevent(
    UeventAction Action, int Minor, bool Hotplug = false, bool Lease = false, ConnectorId Connector = default, PropertyId Property = default);
