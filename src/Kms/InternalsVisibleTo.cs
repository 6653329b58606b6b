using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("DrmActors.Kms.Tests")]
