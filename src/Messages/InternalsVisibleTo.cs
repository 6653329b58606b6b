using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("DrmActors.Messages.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Hosting.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Bridge.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Simulation")]
[assembly: InternalsVisibleTo("DrmActors.Bench")]
