using System.Runtime.Versioning;

namespace DrmActors.Bridge.Tests;

/// <summary>The daemon is there for its own user, and for root.</summary>
[SupportedOSPlatform("linux")]
public sealed class PrivacyTests
{
    private const UnixFileMode OwnOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
    private const string Nobody = "65534";

    [Fact]
    public async Task Socket_should_be_its_users_alone()
    {
        await using var rig = await BridgeRig.StartAsync();

        Assert.Equal(OwnOnly, File.GetUnixFileMode(rig.Server.Environment["DRM_ACTORS_SOCKET"]));
    }

    [SkippableTheory]
    [InlineData(false, "Permission denied")]
    [InlineData(true, "turned away")]
    public async Task Another_user_should_open_nothing(bool doorsOpen, string answer)
    {
        Skip.If(Environment.UserName != "root", "Only root can become another user.");
        await using var rig = await BridgeRig.StartAsync();
        var socket = rig.Server.Environment["DRM_ACTORS_SOCKET"];
        using var owner = rig.Start(CClients.Build("states"), "idle");
        Assert.Equal("ready", await owner.StandardOutput.ReadLineAsync());
        if (doorsOpen)
            foreach (var path in (string[])[socket, Path.GetDirectoryName(socket)!])
                File.SetUnixFileMode(path, Everybody);

        var stranger = await rig.RunAsync(CClients.Build("stranger"), Nobody, socket);

        Assert.Equal(new ProgramResult(0, answer + "\n", ""), stranger);
        Assert.Equal(1, rig.Server.Use.Opened);
        Assert.Equal("opened\n", (await rig.RunAsync(CClients.Build("stranger"), "0", socket)).Output);
        owner.Kill();
        await owner.WaitForExitAsync();
    }
}
