using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Fences;
using DrmActors.Hardware.Memory;

namespace DrmActors.Actors.Gem;

/// <summary>What all GEM objects of a device share.</summary>
internal sealed record GemServices(Arena Arena, DrmDriver Driver, DescriptorTable Descriptors, FenceContexts Contexts, IActorRef Core);
