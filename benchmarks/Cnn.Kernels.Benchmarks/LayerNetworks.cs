namespace Cnn.Kernels.Benchmarks;

/// <summary>The networks of one layer, by name.</summary>
internal static class LayerNetworks
{
    private static readonly Dictionary<string, Func<INetwork>> All = new()
    {
        [nameof(Conv5x5)] = static () => new Conv5x5(1),
        [nameof(Conv7x7Stride2)] = static () => new Conv7x7Stride2(1),
        [nameof(Conv3x3FirstLayer)] = static () => new Conv3x3FirstLayer(1),
        [nameof(Conv3x3)] = static () => new Conv3x3(1),
        [nameof(Conv3x3Deep)] = static () => new Conv3x3Deep(1),
        [nameof(Conv3x3OddSizes)] = static () => new Conv3x3OddSizes(1),
        [nameof(Conv3x3OddFirstLayer)] = static () => new Conv3x3OddFirstLayer(1),
        [nameof(Pointwise)] = static () => new Pointwise(1),
        [nameof(Depthwise)] = static () => new Depthwise(1),
        [nameof(LinearWide)] = static () => new LinearWide(1),
        [nameof(Pool)] = static () => new Pool(1),
        [nameof(Conv1D)] = static () => new Conv1D(1),
        [nameof(Conv3D)] = static () => new Conv3D(1),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static INetwork Create(string name) => All[name]();
}
