using DrmActors.Actors.Prime;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Random calls of several clients of two boards on the real thing and on the model, compared at each step.</summary>
public sealed class PrimeModelTests : HostTest
{
    private const int Steps = 400;

    private readonly PrimeModel _model = new();
    private readonly Dictionary<PrimeModel.Buffer, DmaBuf> _known = [];
    private readonly List<(DrmCard Card, PrimeModel.File File)> _clients = [];

    protected override void Configure(DrmHostOptions options) => options.Boards.Add("vgem");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Names_and_dma_bufs_should_be_as_in_the_model(int seed)
    {
        var random = new Random(seed);
        foreach (var device in new[] { 0, 0, 1, 1 })
            _clients.Add((await Host.OpenAsync(device), new PrimeModel.File(device)));
        for (var step = 0; step < Steps; step++)
        {
            var said = await StepAsync(random, random.Next(_clients.Count));
            Assert.True(said.Real == said.Model, $"seed {seed}, step {step}: {said.What} answered {said.Real}, and the model {said.Model}");
            Compare(seed, step);
        }

        foreach (var (card, _) in _clients)
            await card.DisposeAsync();
        foreach (var descriptor in _model.Descriptors)
            Host.Close(new(descriptor));
    }

    private async Task<(string What, string Real, string Model)> StepAsync(Random random, int index)
    {
        var (card, file) = _clients[index];
        // What there is, and a bit more.
        var handle = (uint)random.Next((int)(file.Handles.Count == 0 ? 1 : file.Handles.Keys.Max()) + 2);
        var descriptor = random.Next(_model.Descriptors.Count + 2);
        switch (random.Next(12))
        {
            case 0 or 1:
                return ($"create {index}", Text(Errno.None, (await card.CreateDumbAsync(16, 16)).Handle.Value), Text(Errno.None, _model.Create(file)));
            case 2 or 3:
                return ($"close {index} {handle}", $"{(await card.CallAsync(new GemClose(new(handle)))).Errno}", $"{_model.Close(file, handle)}");
            case 4:
                var flinked = await card.CallAsync(new GemFlink(new(handle)));
                var (errno, name) = _model.Flink(file, handle);
                return ($"flink {index} {handle}", Text(flinked.Errno, flinked.Value?.Name.Value), Text(errno, name));
            case 5:
                var wanted = (uint)random.Next(5);
                var opened = await card.CallAsync(new GemOpen(new(wanted)));
                var open = _model.Open(file, wanted);
                return ($"open {index} {wanted}", Text(opened.Errno, opened.Value?.Handle.Value), Text(open.Errno, open.Handle));
            case 6 or 7:
                var flags = random.Next(6) == 0 ? (PrimeFlags)0x40 : random.Next(2) == 0 ? PrimeFlags.None : PrimeFlags.ReadWrite;
                var exported = await card.CallAsync(new PrimeHandleToFd(new(handle), flags));
                var export = _model.Export(file, handle, flags);
                return ($"export {index} {handle}", Text(exported.Errno, (uint?)exported.Value?.Descriptor.Number), Text(export.Errno, (uint)export.Descriptor));
            case 8 or 9:
                var imported = await card.CallAsync(new PrimeFdToHandle(new(descriptor)));
                var import = _model.Import(file, descriptor);
                return ($"import {index} {descriptor}", Text(imported.Errno, imported.Value?.Handle.Value), Text(import.Errno, import.Handle));
            case 10:
                var closed = Host.Descriptors.Close(new(descriptor));
                return ($"close descriptor {descriptor}", $"{closed}", $"{_model.CloseDescriptor(descriptor)}");
            default:
                if (random.Next(6) > 0)
                    return ($"dup {descriptor}", $"{Host.Descriptors.Duplicate(new(descriptor)).Number}", $"{_model.Duplicate(descriptor)}");
                await card.DisposeAsync();
                _model.CloseAll(file);
                _clients[index] = (await Host.OpenAsync(file.Device), new PrimeModel.File(file.Device));
                return ($"reopen {index}", "", "");
        }
    }

    // Descriptors are of one dma-buf where the model says so, and nowhere else; and its access mode is the model's.
    private void Compare(int seed, int step)
    {
        foreach (var descriptor in _model.Descriptors)
        {
            var (model, real) = (_model.Find(descriptor)!, (DmaBuf)Host.Descriptors.Find(new(descriptor))!);
            Assert.True(_known.TryAdd(model, real) || _known[model] == real, $"seed {seed}, step {step}: descriptor {descriptor} is of {real}");
            Assert.Equal(model.IsWritable, real.IsWritable);
        }

        Assert.Equal(_known.Count, _known.Values.Distinct().Count());
        Assert.Equal(_model.Descriptors.Count, Host.Descriptors.Count);
    }

    private static string Text(Errno errno, uint? value) => errno == Errno.None ? $"{value}" : $"{errno}";
}
