using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("DrmActors.Messages.Tests")]
[assembly: InternalsVisibleTo("DrmActors.Bench")]
