using DrmActors.Messages;

namespace DrmActors.Bridge.Tests;

/// <summary>A card that goes while a program waits for its events.</summary>
public sealed class UnplugSpecs
{
    private const string Reader = """
        #include <errno.h>
        #include <fcntl.h>
        #include <stdio.h>
        #include <unistd.h>
        int main(void)
        {
            char events[1024];
            int fd = open("/dev/dri/card0", O_RDWR);
            puts(fd < 0 ? "no card" : "ready");
            fflush(stdout);
            long length = read(fd, events, sizeof events);
            printf("%ld %d\n", length, errno);
            return 0;
        }
        """;

    /// <summary>clients/rebinds.c</summary>
    [Theory]
    [InlineData("a-driver-lets-go-and-comes-back")]
    [InlineData("streams-are-heard-in-their-order")]
    [InlineData("what-is-open-stays-behind")]
    public async Task A_driver_should_be_bound_by_its_files(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("rebinds", scenario);
    }

    [Theory]
    [InlineData("unplug")]
    [InlineData("card0")]
    [InlineData("card0/file-1")]
    public async Task Whoever_reads_should_find_the_device_gone(string crash)
    {
        await using var rig = await BridgeRig.StartAsync();
        using var reader = rig.Start(CClients.Compile("reader", Reader));
        Assert.Equal("ready", await reader.StandardOutput.ReadLineAsync());

        if (crash == "unplug")
            await rig.Host.UnplugBoardAsync("rk3399");
        else
            Assert.Equal(Errno.EIO, await rig.Host.CrashAsync(crash));

        try
        {
            Assert.Equal($"-1 {(int)Errno.ENODEV}", await reader.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(120)));
        }
        finally
        {
            reader.Kill();
            await reader.WaitForExitAsync();
        }
    }
}
