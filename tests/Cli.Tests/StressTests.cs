using System.Text.Json;
using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>Clients on threads, from the command line.</summary>
public sealed class StressTests
{
    [Fact]
    public void Stress_should_keep_every_promise_and_leave_nothing()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (code, output, error) = DrmProgram("stress", "--clients", "8", "--duration", "2s", "--ops", "3000", "--json", file);

            Assert.Equal((0, ""), (code, error));
            Assert.StartsWith("8 clients on rk3399\ncalls: ", output, StringComparison.Ordinal);
            Assert.EndsWith("objects 0, pages 0, mappings 0, descriptors 0\nevery promise kept\n", output, StringComparison.Ordinal);
            var figures = JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("figures");
            var answers = figures.GetProperty("errors").EnumerateObject().Sum(e => e.Value.GetInt64());
            Assert.Equal(figures.GetProperty("calls").GetInt64(), answers);
            Assert.True(figures.GetProperty("errors").GetProperty("EINVAL").GetInt64() > 0);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--duration", "soon")]
    [InlineData("--duration", "0s")]
    [InlineData("--clients", "0")]
    [InlineData("--ops", "many")]
    [InlineData("--mix", "no-such")]
    [InlineData("--board", "rk9999")]
    public void Stress_should_name_what_was_wrong_with_its_arguments(string option, string value)
    {
        var (code, _, error) = DrmProgram("stress", option, value);

        Assert.Equal(2, code);
        Assert.Contains(value, error, StringComparison.Ordinal);
    }
}
