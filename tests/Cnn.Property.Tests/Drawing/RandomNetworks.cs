using Cnn.Property.Tests.Compiling;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;
using CsCheck;

namespace Cnn.Property.Tests.Drawing;

/// <summary>An endless list of random networks, the same on every machine; the kinds of layers take turns in being what a network is about.</summary>
internal static class RandomNetworks
{
    /// <summary>Networks in one compilation.</summary>
    private const int ChunkSize = 60;

    private static readonly Dictionary<int, IReadOnlyList<(NetworkCase Case, Func<INetwork> Create)>> Chunks = [];

    /// <summary>The description alone.</summary>
    /// <param name="index">Its place in the list.</param>
    /// <param name="attempt">Counts up where no data for the network were found that single precision can decide.</param>
    public static NetworkDescription Describe(int index, int attempt = 0) =>
        new NetworkGen(LayerDrawings.Kinds[index % LayerDrawings.Kinds.Count]).Generate(new PCG((uint)index, (ulong)attempt), null, out _);

    /// <summary>A case and its compiled network; compiles the others around it too.</summary>
    public static (NetworkCase Case, Func<INetwork> Create) Get(int index)
    {
        int chunk = index / ChunkSize;
        if (!Chunks.TryGetValue(chunk, out IReadOnlyList<(NetworkCase, Func<INetwork>)>? networks))
        {
            NetworkCase[] cases = [.. Enumerable.Range(chunk * ChunkSize, ChunkSize).Select(Draw)];
            networks = [.. cases.Zip(NetworkCompiler.Compile([.. cases.Select(drawn => drawn.Description)]))];
            Chunks.Add(chunk, networks);
        }

        return networks[index % ChunkSize];
    }

    private static NetworkCase Draw(int index)
    {
        for (int attempt = 0; ; attempt++)
        {
            NetworkDescription description = Describe(index, attempt);
            if (NetworkCase.TryDraw(description, LossFor(description, index), index) is { } drawn)
                return drawn;
        }
    }

    /// <summary>One that takes the outputs, and that leaves gradients well above the tolerance: those of a mean over few outputs.</summary>
    private static OracleLoss LossFor(NetworkDescription description, int index)
    {
        bool Has(params string[] kinds) => description.Placed.Any(placed => kinds.Contains(placed.Layer.Kind));
        MapShape outputs = description.OutputShape;
        return (index % 7) switch
        {
            0 when outputs.Channels > 1 && outputs.Positions <= 10 && !Has("Softmax", "LogSoftmax") => new OracleLoss(LossKind.CrossEntropy),
            1 when outputs.Channels > 1 && outputs.Positions <= 10 && !Has("Softmax", "LogSoftmax") => new OracleLoss(LossKind.CrossEntropy, 0.1),
            2 when outputs.Length <= 40 => new OracleLoss(LossKind.MeanAbsoluteError),
            3 when outputs.Length <= 40 => new OracleLoss(LossKind.Huber, 0.7),
            4 when outputs.Length <= 40 && !Has("Sigmoid") => new OracleLoss(LossKind.BinaryCrossEntropy),
            _ => new OracleLoss(LossKind.MeanSquaredError),
        };
    }
}
