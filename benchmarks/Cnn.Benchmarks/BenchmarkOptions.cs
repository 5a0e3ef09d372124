using System.Globalization;
using Cnn.Benchmarks.Peers;

namespace Cnn.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions
{
    public IReadOnlyList<string> Networks { get; private init; } = ["LeNet", "VggStyle", "ResNet20", "ResNet18", "MobileNetV2"];

    public IReadOnlyList<int> Batches { get; private init; } = [1, 64];

    public IReadOnlyList<int> Threads { get; private init; } = [1, 2];

    public int Rounds { get; private init; } = 31;

    public bool Predict { get; private init; } = true;

    public bool Train { get; private init; } = true;

    /// <summary>What ours is measured against; null for nothing.</summary>
    public PeerLibrary? Peer { get; private init; } = PeerLibrary.Onnx;

    /// <summary>In what predictors keep their weights.</summary>
    public WeightStorage Weights { get; private init; }

    /// <summary>Whether the time of each step is shown.</summary>
    public bool Steps { get; private init; }

    public static string Usage =>
        "cnn-benchmarks [--networks LeNet,VggStyle,ResNet20,ResNet18,MobileNetV2] [--batches 1,64] [--threads 1,2] [--rounds 31] [--predict | --train] "
        + "[--peer onnx|onednn|float32|none] [--weights float32|bfloat16|int8] [--steps]";

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">There is one that is not known.</exception>
    public static BenchmarkOptions Read(string[] args)
    {
        BenchmarkOptions options = new();
        for (int index = 0; index < args.Length; index++)
        {
            string Value() => ++index < args.Length ? args[index] : throw new ArgumentException($"{args[index - 1]} needs a value. {Usage}");
            options = args[index] switch
            {
                "--networks" => options with { Networks = Value().Split(',') },
                "--batches" => options with { Batches = Numbers(Value()) },
                "--threads" => options with { Threads = Numbers(Value()) },
                "--rounds" => options with { Rounds = Numbers(Value())[0] },
                "--predict" => options with { Train = false },
                "--train" => options with { Predict = false },
                "--peer" => options with { Peer = PeerLibrary.Find(Value()) },
                "--weights" => options with { Weights = Enum.Parse<WeightStorage>(Value(), ignoreCase: true) },
                "--steps" => options with { Steps = true },
                _ => throw new ArgumentException($"'{args[index]}' is no option. {Usage}"),
            };
        }

        return options;
    }

    private static int[] Numbers(string list) => [.. list.Split(',').Select(static number => int.Parse(number, CultureInfo.InvariantCulture))];
}
