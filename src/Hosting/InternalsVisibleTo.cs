using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("DrmActors.Hosting.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Bench")]
