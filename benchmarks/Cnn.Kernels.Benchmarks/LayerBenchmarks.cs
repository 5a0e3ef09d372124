using BenchmarkDotNet.Attributes;

namespace Cnn.Kernels.Benchmarks;

/// <summary>Predictions and training steps of networks of one layer, on one thread.</summary>
public class LayerBenchmarks
{
    private float[] _inputs = [];
    private float[] _outputs = [];
    private float[] _targets = [];
    private IPredictor? _predictor;
    private ITrainer? _trainer;

    /// <summary>The layer, by the name of its network.</summary>
    [ParamsSource(nameof(Names))]
    public string Layer { get; set; } = "";

    /// <summary>Images of a run.</summary>
    [Params(1, 64)]
    public int Batch { get; set; }

    /// <summary>The networks of this program.</summary>
    public static IEnumerable<string> Names => LayerNetworks.Names;

    /// <summary>Random inputs and weights.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        INetwork network = LayerNetworks.Create(Layer);
        Random random = new(1);
        _inputs = [.. Enumerable.Range(0, Batch * network.InputLength).Select(_ => random.NextSingle())];
        _outputs = new float[Batch * network.OutputLength];
        _targets = [.. _outputs.Select(_ => random.NextSingle())];
        _predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Batch, Threads = 1 });
        _trainer = network.CreateTrainer(new Sgd(1e-6f), Loss.MeanSquaredError(), new TrainerOptions { BatchSize = Batch, Threads = 1 });
    }

    /// <summary>Gives the buffers back.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        _predictor?.Dispose();
        _trainer?.Dispose();
    }

    /// <summary>Forward.</summary>
    [Benchmark]
    public void Predict() => _predictor!.Predict(_inputs, _outputs);

    /// <summary>Forward, weight gradient (a first layer needs no input gradient), loss and update.</summary>
    [Benchmark]
    public void Step() => _trainer!.Step(_inputs, _targets);
}
