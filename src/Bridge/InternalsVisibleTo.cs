using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("DrmActors.Bridge.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Bench")]
