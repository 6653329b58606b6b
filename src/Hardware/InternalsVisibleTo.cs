using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("DrmActors.Bridge")]
[assembly: InternalsVisibleTo("DrmActors.Simulation")]
[assembly: InternalsVisibleTo("DrmActors.Hardware.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Bench")]
