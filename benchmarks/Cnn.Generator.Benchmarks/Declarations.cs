using System.Text;

namespace Cnn.Generator.Benchmarks;

/// <summary>Networks to generate.</summary>
internal static class Declarations
{
    public const string LeNet =
        """
        using Cnn;

        [Network]
        [Input(1, 28, 28)]
        [Conv(20, 5, Padding = 2), ReLU, MaxPool(2)]
        [Conv(50, 5, Padding = 2), ReLU, MaxPool(2)]
        [Flatten]
        [Linear(500), ReLU]
        [Linear(10)]
        public sealed partial class LeNet;
        """;

    /// <summary>A file beside the network: a class with 200 methods.</summary>
    public static string Other { get; } =
        $"public static class Program\n{{\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"    public static int Answer{i}(int x) => x * 41 + {i};\n"))}}}\n";

    public static string ResNet18 { get; } = WriteResNet18();

    public static string MobileFaceNet { get; } = WriteMobileFaceNet();

    /// <summary>Convolutions with activations, one behind the other.</summary>
    public static string Chain(int layers)
    {
        StringBuilder text = new("using Cnn;\n[Network, Input(8, 16, 16)]\n");
        for (int i = 0; i < layers; i += 2)
            text.Append("[Conv(8, 3, Padding = 1), ReLU]\n");
        return text.Append("public partial class Chain;\n").ToString();
    }

    /// <summary>He et al. 2015, table 1, spelled out layer by layer.</summary>
    private static string WriteResNet18()
    {
        StringBuilder text = new("using Cnn;\n[Network, Input(3, 224, 224)]\n[Conv(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm, ReLU, MaxPool(3, Stride = 2, Padding = 1, Name = \"b0\")]\n");
        int block = 0;
        foreach ((int channels, int stride) in new[] { (64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1) })
        {
            string before = $"b{block++}";
            text.Append($"[Conv({channels}, 3, Stride = {stride}, Padding = 1, Bias = false), BatchNorm, ReLU]\n");
            text.Append($"[Conv({channels}, 3, Padding = 1, Bias = false), BatchNorm(Name = \"m{block}\")]\n");
            text.Append(stride == 1
                ? $"[Add(\"{before}\"), ReLU(Name = \"b{block}\")]\n"
                : $"[Conv({channels}, 1, Stride = 2, Bias = false, From = \"{before}\"), BatchNorm, Add(\"m{block}\"), ReLU(Name = \"b{block}\")]\n");
        }

        return text.Append("[GlobalAvgPool, Flatten, Linear(1000)]\npublic partial class ResNet18;\n").ToString();
    }

    /// <summary>
    /// Chen et al. 2018, table 1, as it is deployed, its norms folded into the convolutions: 98 layers. What narrows a bottleneck has no activation, and an input
    /// of the same shape is added to it.
    /// </summary>
    private static string WriteMobileFaceNet()
    {
        StringBuilder text = new("using Cnn;\n[Network, Input(3, 112, 112)]\n[Conv(64, 3, Stride = 2, Padding = 1), PReLU]\n[Conv(64, 3, Padding = 1, Groups = 64), PReLU(Name = \"b0\")]\n");
        int channels = 64;
        int block = 0;
        foreach ((int expansion, int outputs, int repetitions, int stride) in new[] { (2, 64, 5, 2), (4, 128, 1, 2), (2, 128, 6, 1), (4, 128, 1, 2), (2, 128, 2, 1) })
        {
            for (int repetition = 0; repetition < repetitions; repetition++)
            {
                int step = repetition == 0 ? stride : 1;
                int wide = channels * expansion;
                string before = $"b{block++}";
                text.Append($"[Conv({wide}, 1), PReLU, Conv({wide}, 3, Stride = {step}, Padding = 1, Groups = {wide}), PReLU]\n");
                text.Append(step == 1 ? $"[Conv({outputs}, 1), Add(\"{before}\", Name = \"b{block}\")]\n" : $"[Conv({outputs}, 1, Name = \"b{block}\")]\n");
                channels = outputs;
            }
        }

        return text.Append("[Conv(512, 1), PReLU, Conv(512, 7, Groups = 512), Conv(128, 1), Flatten]\npublic partial class MobileFaceNet;\n").ToString();
    }
}
