using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("DrmActors.Actors.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Hosting")]
[assembly: InternalsVisibleTo("DrmActors.Simulation")]
[assembly: InternalsVisibleTo("DrmActors.Simulation.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Bridge")]
[assembly: InternalsVisibleTo("DrmActors.Bridge.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Hosting.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Bench")]
