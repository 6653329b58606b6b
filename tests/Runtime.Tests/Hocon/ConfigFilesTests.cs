using Akka.Configuration;
using Hocon;

namespace DrmActors.Runtime.Tests.Configurations;

/// <summary>
/// Every file under config/ reads the same with either runtime. After a change there, write the golden files anew and look at the diff:
/// <c>UPDATE_GOLDEN=1 ./drm test ConfigFilesTests</c>.
/// </summary>
public sealed class ConfigFilesTests
{
    [Fact]
    public void Every_config_file_should_read_as_its_golden_file_says()
    {
        Assert.All(ConfigFiles.All, file =>
        {
            var dump = ConfigFiles.Dump(File.ReadAllText(Path.Combine(ConfigFiles.Folder, file)));
            if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
                File.WriteAllText(ConfigFiles.Golden(file), dump);

            Assert.Equal(File.ReadAllText(ConfigFiles.Golden(file)), dump);
        });
        Assert.Equal(
            ConfigFiles.All.Select(ConfigFiles.Golden).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(ConfigFiles.GoldenFolder, "*.txt").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Both_readers_should_read_the_same()
    {
        foreach (var file in ConfigFiles.All)
        {
            var text = File.ReadAllText(Path.Combine(ConfigFiles.Folder, file));
            var akka = ConfigurationFactory.ParseString(text);
            // Akka's own configuration has no way into a list of objects.
            var leaves = ConfigFiles.Leaves(HoconConfigurationFactory.ParseString(text).Root, "")
                .Where(leaf => !leaf.Path.Contains('[') && leaf.Text is not ("{}" or "[]"));

            Assert.All(leaves, leaf => Assert.Equal(leaf.Text, akka.GetString(leaf.Path)));
        }
    }

    [Theory]
    [InlineData("a { c = 1, b = x y }", "a.b = x y\na.c = 1\n")]
    [InlineData("a = [1, { b = 2 }, []]\n\"c.d\" {}", "a[0] = 1\na[1].b = 2\na[2] = []\n\"c.d\" = {}\n")]
    public void Dump_should_show_every_leaf(string text, string expected) => Assert.Equal(expected, ConfigFiles.Dump(text));
}
