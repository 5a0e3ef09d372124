using Cnn.Generator.Tests.Harness;
using Cnn.Onnx.Tests.Support;
using Google.Protobuf;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Onnx.Tests.Importing;

/// <summary>Constants, norms, convolutions and activations one behind the other: whatever is folded into what, the numbers stay.</summary>
public sealed class OperationChainTests
{
    private const int ChainsOfModel = 25;
    private const double Tolerance = 1e-4;

    private static readonly float[] Input = [0.5f, -1, 2, -0.25f, 1, 0.75f, -2, -0.5f, 1.5f, 0, -1.5f, 0.25f];

    /// <summary>One of each sort of what is folded, into what it is folded, and what ends a run.</summary>
    private static readonly string[] Sorts = ["Mul", "Add", "BatchNorm", "Conv", "Relu", "Skip"];

    [Fact]
    public void Operations_in_every_order_keep_their_numbers() =>
        Check([.. Ordered(Chain.Kinds, 1), .. Ordered(Chain.Kinds, 2), .. Ordered(Sorts, 3)], seed: 1);

    [Fact]
    public void Operations_in_long_random_chains_keep_their_numbers()
    {
        const int Shortest = 4, Longest = 14;
        int count = LongRun.Of(all: 100, some: 25);
        Random random = new(2);
        Check([.. Enumerable.Range(0, count).Select(_ => random.GetItems([.. Chain.Kinds], random.Next(Shortest, Longest + 1)))], seed: 3);
    }

    private static IEnumerable<string[]> Ordered(IReadOnlyList<string> kinds, int length) => length == 0
        ? [[]]
        : Ordered(kinds, length - 1).SelectMany(chain => kinds.Select(kind => (string[])[.. chain, kind]));

    private static void Check(IReadOnlyList<string[]> kinds, int seed)
    {
        Random random = new(seed);
        Chain[] chains = [.. kinds.Select((chain, index) => Chain.Of(chain, $"n{index}", Input, random))];
        Chain[][] models = [.. chains.Chunk(ChainsOfModel)];
        IReadOnlyList<INetwork> networks = Reimport.Compiled([.. models.Select((model, index) => Import(Joined(model).ToByteArray(), $"Chains{index}"))]);
        List<string> wrong = [];
        foreach ((INetwork network, int index) in networks.Select((network, index) => (network, index)))
        {
            float[] outputs = new float[network.OutputLength];
            using IPredictor predictor = network.CreatePredictor();
            predictor.Predict(Input, outputs);
            double[] expected = [.. models[index].SelectMany(chain => chain.Expected)];
            Assert.Equal(expected.Length, outputs.Length);
            for (int output = 0; output < outputs.Length; output++)
            {
                if (!(Math.Abs(outputs[output] - expected[output]) <= Tolerance * (1 + Math.Abs(expected[output]))))
                    wrong.Add(
                        $"{string.Join(" ", kinds[(index * ChainsOfModel) + (output / Input.Length)])}: {outputs[output]} where {expected[output]} is right");
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>Every chain starts at the input; their ends are joined along the channels.</summary>
    private static ModelProto Joined(IReadOnlyList<Chain> chains)
    {
        NodeProto[] nodes = [.. chains.SelectMany(chain => chain.Nodes), Node("Concat", [.. chains.Select(chain => chain.Output)], "y", Integer("axis", 1))];
        ModelProto model = Model(13, [1, Chain.Channels, 2, 2], nodes);
        model.Graph.Initializer.Add(chains.SelectMany(chain => chain.Constants));
        return model;
    }
}
