using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>A server, and programs that are started elsewhere.</summary>
public sealed class ServeTests(Programs programs) : IClassFixture<Programs>
{
    private string Socket => Path.Combine(programs.Folder, "socket");

    [Fact]
    public void Programs_of_a_shell_that_evaluates_what_env_prints_should_see_the_cards()
    {
        var program = programs.Compile("ask", Programs.AskCard);
        using var server = Start();

        var (code, output, error) = Run("sh", ["-c", $"LD_PRELOAD=libm.so.6; export LD_PRELOAD; {server.Line}; echo \"$LD_PRELOAD\"; {program}"], "");

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("libm.so.6:/", output);
        Assert.EndsWith("dumb buffers: 1\n", output);
        Assert.Equal(0, server.End("TERM"));
        Assert.Empty(Directory.GetFileSystemEntries(programs.Folder, "socket*"));
    }

    [Fact]
    public void A_socket_that_somebody_listens_at_should_be_refused_and_one_of_a_dead_server_replaced()
    {
        using var first = Start();

        var second = DrmProgram("serve", "--socket", Socket);
        Assert.Equal(2, second.Code);
        Assert.Contains(Socket, second.Error);
        first.End("KILL");
        using var third = Start();

        Assert.Equal(0, third.End("INT"));
    }

    [Fact]
    public void A_file_that_is_no_socket_should_stay()
    {
        var file = Path.Combine(programs.Folder, "letter");
        File.WriteAllText(file, "dear");

        var (code, _, error) = DrmProgram("serve", "--socket", file);

        Assert.Equal(2, code);
        Assert.Contains("found a file", error);
        Assert.Equal("dear", File.ReadAllText(file));
    }

    [Fact]
    public void Env_should_not_send_programs_to_nobody()
    {
        var (code, output, error) = DrmProgram("env", "--socket", Path.Combine(programs.Folder, "nobody"));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("nobody serves there", error);
    }

    [Fact]
    public void Env_should_quote_for_the_shell()
    {
        var socket = Path.Combine(programs.Folder, "it's here");
        using var server = Start(socket);

        Assert.Equal(socket, Run("sh", ["-c", $"{server.Line}; printf %s \"$DRM_ACTORS_SOCKET\""], "").Output);
        Assert.Equal(0, server.End("TERM"));
    }

    private Server Start(string? socket = null) => new(socket ?? Socket);
}
