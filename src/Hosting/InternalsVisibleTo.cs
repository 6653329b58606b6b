using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("DrmActors.Bridge")]
[assembly: InternalsVisibleTo("DrmActors.Bridge.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Hosting.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Bench")]
[assembly: InternalsVisibleTo("DrmActors.Simulation")]
[assembly: InternalsVisibleTo("DrmActors.Simulation.Tests")]
