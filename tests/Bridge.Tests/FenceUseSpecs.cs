namespace DrmActors.Bridge.Tests;

/// <summary>clients/syncobjs.c, clients/merges.c, clients/shortages.c and clients/uses.c</summary>
public sealed class FenceUseSpecs
{
    [Theory]
    [InlineData("a-wait-answers-by-what-it-finds")]
    [InlineData("what-fails-changes-nothing")]
    [InlineData("a-wait-keeps-what-it-has-found")]
    [InlineData("a-wait-hears-of-the-first-or-of-all")]
    [InlineData("a-wait-in-a-storm-of-signals-ends-when-its-time-comes")]
    [InlineData("a-wait-ends-in-time")]
    [InlineData("an-eventfd-counts-when-its-point-comes")]
    public Task A_wait_should_be_answered_as_by_the_kernel(string scenario) => PassAsync("syncobjs", scenario);

    [Theory]
    [InlineData("points-go-round-in-merges-too")]
    [InlineData("points-go-round-in-buffers-too")]
    [InlineData("a-file-tells-what-it-waits-for")]
    [InlineData("what-cannot-be-told-is-not-left-open")]
    [InlineData("many-merges-wait-for-the-latest-of-each")]
    [InlineData("threads-take-turns")]
    [InlineData("one-waits-for-many")]
    [InlineData("another-process-moves-it-on")]
    public Task A_sync_file_should_come_when_all_of_it_has(string scenario) => PassAsync("merges", scenario);

    [Theory]
    [InlineData("what-makes-one-is-refused")]
    [InlineData("what-makes-none-goes-on")]
    [InlineData("a-child-without-any-is-refused-too")]
    public Task A_client_without_descriptors_should_be_told_and_lose_nothing(string scenario) => PassAsync("shortages", scenario);

    [Theory]
    [InlineData("each-use-keeps-those-waiting-whom-it-should")]
    [InlineData("a-file-keeps-what-it-was-made-of")]
    [InlineData("many-read-and-one-writes")]
    public Task A_buffer_should_keep_those_waiting_whom_its_uses_should(string scenario) => PassAsync("uses", scenario, "vgem");

    private static async Task PassAsync(string client, string scenario, string board = "no-vblank")
    {
        await using var rig = await BridgeRig.StartAsync(board, user: 0);
        await rig.PassAsync(client, scenario);
    }
}
