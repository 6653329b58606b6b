using System.Buffers.Binary;
using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>What docs/bridge.md tells the pipelines of compositors to do, done.</summary>
public sealed class PipelineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drm-pipeline-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_pipeline_of_the_page_should_see_the_other_monitor()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "bridge.md"));
        var script = page[page.IndexOf("## In a pipeline", StringComparison.Ordinal)..].Split("```sh\n")[1].Split("```")[0];
        var text = script.Replace("./drm ", $"dotnet {DrmDll} ", StringComparison.Ordinal);

        var (code, output, error) = Run("timeout", ["120", "bash", "-c", $"set -eu; cd {_folder}; {text}wait"], "");

        Assert.True(code == 0, $"{code}: {output}{error}");
        Assert.Equal((1024, 768), SizeOf("first.png"));
        Assert.Equal((800, 600), SizeOf("second.png"));
        Assert.Contains("DRM_IOCTL_MODE_SETCRTC", File.ReadAllText(Path.Combine(_folder.FullName, "calls.json")));
    }

    // They stand behind the signature and the header's length and name, the highest byte first.
    private (int Width, int Height) SizeOf(string png)
    {
        var bytes = File.ReadAllBytes(Path.Combine(_folder.FullName, png)).AsSpan(16);
        return (BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes[4..]));
    }
}
