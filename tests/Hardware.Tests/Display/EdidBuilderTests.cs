using DrmActors.Hardware.Display;

namespace DrmActors.Hardware.Tests.Display;

public class EdidBuilderTests
{
    [SkippableFact]
    public void DefaultMonitor_should_conform_to_the_standards()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "default-monitor.bin");
        File.WriteAllBytes(path, [.. DefaultMonitor.Edid]);
        var report = EdidDecode.Run("--check", path);
        Assert.True(report.Contains("EDID conformity: PASS", StringComparison.Ordinal), report);
    }
}
