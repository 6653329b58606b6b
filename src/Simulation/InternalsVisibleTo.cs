using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("DrmActors.Simulation.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Bench")]
