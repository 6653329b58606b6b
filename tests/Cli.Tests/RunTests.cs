using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using DrmActors.Hardware.Images;
using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>Real programs, run against a board of their own as a user runs them.</summary>
public sealed class RunTests(Programs programs) : IClassFixture<Programs>
{
    [Fact]
    public void Run_should_leave_the_output_to_the_program_and_be_silent_when_all_is_well()
    {
        var (code, output, error) = DrmProgram("run", "--", programs.Compile("ask", Programs.AskCard));

        Assert.Equal((0, "dumb buffers: 1\n", ""), (code, output, error));
    }

    [Fact]
    public void Run_should_add_three_variables_to_the_environment_and_nothing_else()
    {
        var plain = Run("env", ["-0"], "", ("ODD", "a\nb=")).Output.Split('\0');
        var through = Run("dotnet", [DrmDll, "run", "--allow-unused", "--", "env", "-0"], "", ("ODD", "a\nb=")).Output.Split('\0');

        Assert.Empty(plain.Except(through));
        Assert.Equal(["DRM_ACTORS_ROOT", "DRM_ACTORS_SOCKET", "LD_PRELOAD"], through.Except(plain).Select(v => v.Split('=')[0]).Order());
    }

    [Fact]
    public void Run_should_hand_on_input_arguments_and_variables_byte_by_byte()
    {
        const string Inner = """printf '%s|' "$ODD" "$@"; cat""";
        var outer = $"""
            ODD=$(printf '\377\001') exec dotnet {DrmDll} run --allow-unused -- sh -c '{Inner.Replace("'", "'\\''")}' sh @x -c "$(printf 'a\376')" '' | od -An -tx1
            """;

        Assert.Equal(" ff 01 7c 40 78 7c 2d 63 7c 61 fe 7c 7c 69 6e", Run("sh", ["-c", outer], "in").Output.TrimEnd());
    }

    [Fact]
    public void Libraries_that_the_user_preloads_should_come_first()
    {
        var (_, output, _) = Run("dotnet", [DrmDll, "run", "--allow-unused", "--", "printenv", "LD_PRELOAD"], "", ("LD_PRELOAD", "libm.so.6"));

        Assert.StartsWith("libm.so.6:/", output);
        Assert.EndsWith("/libdrm-actors.so\n", output);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -TERM $$", 143)]
    public void Run_should_return_what_the_program_returns(string script, int expected) =>
        Assert.Equal(expected, DrmProgram("run", "--", "sh", "-c", script).Code);

    [Fact]
    public void A_program_that_is_not_there_should_be_127_and_one_that_cannot_be_executed_126()
    {
        var file = Path.Combine(programs.Folder, "plain");
        File.WriteAllText(file, "x");

        var missing = DrmProgram("run", "--", "no-such-program");
        var plain = DrmProgram("run", "--", file);
        var folder = DrmProgram("run", "--", programs.Folder);
        Programs.Execute(file, true);
        var rubbish = DrmProgram("run", "--", file);

        Assert.Equal((127, "drm: no-such-program: not found in PATH\n"), (missing.Code, missing.Error));
        Assert.Equal((126, $"drm: {file}: not executable\n"), (plain.Code, plain.Error));
        Assert.Equal((126, $"drm: {programs.Folder}: a folder\n"), (folder.Code, folder.Error));
        Assert.Equal(126, rubbish.Code);
    }

    [Fact]
    public void A_program_that_opens_no_card_should_be_told_so_unless_that_is_accepted()
    {
        var (code, _, error) = DrmProgram("run", "--", "true");

        Assert.Equal(3, code);
        Assert.StartsWith("drm: true opened no card.", error);
        Assert.Contains("--allow-unused", error);
        Assert.Equal((0, "", ""), DrmProgram("run", "--allow-unused", "--", "true"));
    }

    [SkippableFact]
    public void A_program_into_which_the_library_is_not_loaded_should_be_told_so()
    {
        Skip.If(RuntimeInformation.ProcessArchitecture != Architecture.X64, "The dynamic linker of this test is written for x86-64.");
        // One that loads nothing at all, and ends.
        var linker = programs.Compile(
            "linker",
            """__attribute__((naked, used)) void _start(void) { __asm__("mov $60, %eax; xor %edi, %edi; syscall"); }""",
            "-static",
            "-nostdlib");
        var program = programs.Compile("bare", Programs.AskCard, $"-Wl,--dynamic-linker={linker}");

        var (code, _, error) = DrmProgram("run", "--", program);

        Assert.Equal(3, code);
        Assert.Contains($"was not loaded into {program}", error);
        Assert.Contains("LD_PRELOAD", error);
    }

    [Fact]
    public void A_static_program_should_be_refused_before_it_starts_also_behind_a_script()
    {
        var program = programs.Compile("static", Programs.AskCard, "-static");
        var script = programs.Script("script", $"#! {program} x\n");

        var direct = DrmProgram("run", "--", program);
        var through = DrmProgram("run", "--", script);

        Assert.Equal((3, ""), (direct.Code, direct.Output));
        Assert.Contains($"{program} is linked statically", direct.Error);
        Assert.Contains("--allow-unused", direct.Error);
        Assert.Equal((3, direct.Error), (through.Code, through.Error));
        Assert.Contains("card0: No such file", DrmProgram("run", "--allow-unused", "--", program).Error);
    }

    [Theory]
    [InlineData(4, 1, "32 bits")]
    [InlineData(18, 8, "another processor (machine 8 ")]
    public void A_program_of_another_kind_should_be_refused(int at, byte value, string why)
    {
        var program = programs.Compile($"kind{at}", Programs.AskCard);
        var bytes = File.ReadAllBytes(program);
        bytes[at] = value;
        File.WriteAllBytes(program, bytes);

        var (code, _, error) = DrmProgram("run", "--", program);

        Assert.Equal(3, code);
        Assert.Contains(why, error);
    }

    [SkippableFact]
    public void A_setuid_program_of_another_user_should_be_refused()
    {
        var program = programs.Compile("setuid", Programs.AskCard);
        Skip.If(Run("chown", ["65534:65534", program], "").Code != 0, "Only root can give a file away.");
        Programs.Mode(program, "4755");

        var (code, _, error) = DrmProgram("run", "--", program);

        Assert.Equal(3, code);
        Assert.Contains("setuid", error);
    }

    [Fact]
    public void A_program_with_AddressSanitizer_should_have_its_run_time_first()
    {
        var program = programs.Compile("asan", Programs.AskCard, "-fsanitize=address");

        Assert.Equal((0, "dumb buffers: 1\n", ""), DrmProgram("run", "--", program));
    }

    [Fact]
    public void A_program_with_AddressSanitizer_behind_a_shell_should_be_told_the_order_that_it_works_with()
    {
        var program = programs.Compile("behind", Programs.AskCard, "-fsanitize=address");

        var (code, output, error) = DrmProgram("run", "--", "sh", "-c", $"{program}; exit $?");
        var order = Assert.Single(Regex.Matches(error, @"LD_PRELOAD=libasan\S+", RegexOptions.None, TimeSpan.FromSeconds(1))).Value;

        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Equal((0, "dumb buffers: 1\n", ""), DrmProgram("run", "--", "sh", "-c", $"{order} {program}; exit $?"));
    }

    [Fact]
    public void Signals_should_reach_the_program_and_nothing_should_be_left()
    {
        var folder = Path.Combine(programs.Folder, "signals");
        Directory.CreateDirectory(folder);
        var script = programs.Script("waits", """
            #!/bin/bash
            trap 'echo terminated; exit 5' TERM
            mkfifo "$0.fifo"
            kill -TERM $PPID
            read -r forever <>"$0.fifo"
            """);

        var (code, output, _) = Run("dotnet", [DrmDll, "run", "--", script], "", ("XDG_RUNTIME_DIR", folder));

        Assert.Equal((5, "terminated\n"), (code, output));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Traces_should_name_every_call()
    {
        var json = Path.Combine(programs.Folder, "trace.json");

        var (code, output, error) = DrmProgram("run", "--trace", "--trace-json", json, "--", programs.Compile("traced", Programs.AskCard));

        Assert.Equal((0, "dumb buffers: 1\n"), (code, output));
        Assert.Matches(@"^\[pid [0-9]+\] card0 DRM_IOCTL_GET_CAP \{capability=DUMB_BUFFER\} = 0 \{value=1\} <[0-9.]+>\n$", error);
        var line = JsonDocument.Parse(Assert.Single(File.ReadAllLines(json))).RootElement;
        Assert.Equal("DRM_IOCTL_GET_CAP", line.GetProperty("call").GetString());
    }

    [Theory]
    [InlineData("--as-root", 0)]
    [InlineData("--as-user", 13)]
    public void Clients_should_be_who_the_option_says(string option, int errno)
    {
        // SET_MASTER of a file that was never master: root may.
        var program = programs.Compile("master" + option, """
            #include <errno.h>
            #include <fcntl.h>
            #include <stdio.h>
            #include <sys/ioctl.h>
            int main(void)
            {
                int first = open("/dev/dri/card0", O_RDWR), second = open("/dev/dri/card0", O_RDWR);
                int dropped = ioctl(first, _IO('d', 0x1f)), taken = ioctl(second, _IO('d', 0x1e));
                printf("%d %d", dropped, taken ? errno : 0);
                return 0;
            }
            """);

        var (code, output, error) = DrmProgram("run", option, "--", program);

        Assert.Equal((0, $"0 {errno}", ""), (code, output, error));
    }

    [SkippableFact]
    public void The_last_picture_should_outlive_the_program_that_showed_it()
    {
        Skip.If(Run("which", ["modetest"], "").Code != 0, "needs modetest (libdrm-tests)");
        var file = Path.Combine(programs.Folder, "shown.png");

        // It shows its pattern until its input ends.
        var (code, _, error) = DrmProgram("run", "--out", file, "--", "modetest", "-M", "rockchip", "-s", "52:1280x720");

        Assert.True(code == 0, error);
        Assert.EndsWith($"drm: {file}: 1280x720, what card0 showed last\n", error, StringComparison.Ordinal);
        var picture = ImageFile.Read(file);
        Assert.Equal((1280, 720), (picture.Width, picture.Height));
        // The first of the colour bars of SMPTE: grey, at three quarters.
        Assert.Equal(0xc0c0c0u, picture.Xrgb[(100 * 1280) + 20] & 0xffffff);
    }

    [Fact]
    public void A_program_that_lights_nothing_should_be_told_so_where_a_picture_is_asked_for()
    {
        var file = Path.Combine(programs.Folder, "dark.png");

        var (code, output, error) = DrmProgram("run", "--out", file, "--", programs.Compile("dark", Programs.AskCard));

        Assert.Equal((3, "dumb buffers: 1\n"), (code, output));
        Assert.Contains("lit no screen", error);
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("--board", "no-such-board")]
    [InlineData("--edid", "/no/such/monitor.bin")]
    [InlineData("--trace-json", "/no/such/folder/x.json")]
    [InlineData("--out", "/no/such/folder/screen.png")]
    public void Run_should_name_what_was_wrong_with_its_arguments(string option, string value)
    {
        var (code, _, error) = DrmProgram("run", option, value, "--", "true");

        Assert.Equal(2, code);
        Assert.Contains(value, error);
        Assert.DoesNotContain("   at ", error);
    }
}
