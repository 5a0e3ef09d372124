namespace Cnn.Fitting.Tests.Support;

/// <summary>A network whose trainer tells of each update, and of the images of each pass.</summary>
internal sealed class CountedNetwork(INetwork network, Action updated, Action<float[]>? passed = null) : INetwork
{
    public NetworkSummary Summary => network.Summary;

    public int InputLength => network.InputLength;

    public int OutputLength => network.OutputLength;

    public ParameterSet Parameters => network.Parameters;

    public ITrainer CreateTrainer(Optimizer optimizer, Loss loss, TrainerOptions? options = null) =>
        new CountedTrainer(network.CreateTrainer(optimizer, loss, options), updated, passed);

    public IPredictor CreatePredictor(PredictorOptions? options = null) => network.CreatePredictor(options);

    public void Save(string path) => network.Save(path);

    public void Save(Stream stream) => network.Save(stream);

    public LoadReport LoadMatching(string path, Func<string, string?>? rename = null) => network.LoadMatching(path, rename);

    public LoadReport LoadMatching(Stream stream, Func<string, string?>? rename = null) => network.LoadMatching(stream, rename);

    private sealed class CountedTrainer(ITrainer trainer, Action updated, Action<float[]>? passed) : ITrainer
    {
        public int BatchSize => trainer.BatchSize;

        public Span<float> Gradients => trainer.Gradients;

        public ReadOnlySpan<float> Outputs => trainer.Outputs;

        public ReadOnlySpan<float> InputGradients => trainer.InputGradients;

        public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
        {
            passed?.Invoke(inputs.ToArray());
            float loss = trainer.Step(inputs, labels);
            updated();
            return loss;
        }

        public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.Step(inputs, targets);

        public float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
        {
            passed?.Invoke(inputs.ToArray());
            return trainer.ForwardBackward(inputs, labels);
        }

        public float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => trainer.ForwardBackward(inputs, targets);

        public float Step(ReadOnlySpan<float> inputs, TargetSet targets)
        {
            passed?.Invoke(inputs.ToArray());
            float loss = trainer.Step(inputs, targets);
            updated();
            return loss;
        }

        public float ForwardBackward(ReadOnlySpan<float> inputs, TargetSet targets)
        {
            passed?.Invoke(inputs.ToArray());
            return trainer.ForwardBackward(inputs, targets);
        }

        public Span<float> OutputGradients => trainer.OutputGradients;

        public ReadOnlySpan<float> OutputLosses => trainer.OutputLosses;

        public ReadOnlySpan<float> Forward(ReadOnlySpan<float> inputs)
        {
            passed?.Invoke(inputs.ToArray());
            return trainer.Forward(inputs);
        }

        public void Backward() => trainer.Backward();

        public void Update()
        {
            trainer.Update();
            updated();
        }

        public ReadOnlySpan<float> Gradient(string parameter) => trainer.Gradient(parameter);

        public void SaveState(Stream stream) => trainer.SaveState(stream);

        public void LoadState(Stream stream) => trainer.LoadState(stream);

        public void Dispose() => trainer.Dispose();
    }
}
