using Cnn.Data;
using Cnn.Training;

namespace Cnn.Fitting.Tests.Tasks;

/// <summary>A loss, an optimiser, a metric and a callback of one's own, all in one training.</summary>
public sealed class OwnPartsTests
{
    [Fact]
    public void Everything_can_be_of_ones_own()
    {
        List<double> rates = [];
        Surface network = new(seed: 1);
        Examples slopes = Create(256);
        FitResult result = network.Fit(slopes, slopes, new FitOptions
        {
            Optimizer = new SignDescent(2e-3f),
            Loss = Loss.Custom("charbonnier", Charbonnier),
            Metrics = [new WithinATenth(), Metric.OfValues("largest error", largerIsBetter: false, static (y, t) => MathF.Abs(y[0] - t[0]))],
            Callbacks = [new StopAt(0.98), FitCallback.OnEpochEnd(training => rates.Add(training.LearningRate))],
            Epochs = 300,
            BatchSize = 32,
        }, cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.Stopped, result.ToString());
        Assert.False(result.StoppedEarly);
        Assert.Equal(result.Epochs.Count, rates.Count);
        Assert.InRange(result.Epochs[^1].Metrics["within a tenth"], 0.98, 1);
        Assert.All(result.Epochs.SkipLast(1), epoch => Assert.True(epoch.Metrics["within a tenth"] < 0.98));
        Assert.True(result.Epochs[^1].Metrics["largest error"] < result.Epochs[0].Metrics["largest error"]);
    }

    private static float Charbonnier(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradients)
    {
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            float difference = outputs[i] - targets[i], root = MathF.Sqrt((difference * difference) + 1e-2f);
            sum += root;
            gradients[i] = difference / (root * outputs.Length);
        }

        return (float)(sum / outputs.Length);
    }

    private static Examples Create(int count)
    {
        Random random = new(1);
        float[] places = [.. Enumerable.Range(0, 2 * count).Select(_ => (2 * random.NextSingle()) - 1)];
        return new Examples(count, places, places.Chunk(2).Select(place => (0.7f * place[0]) - (0.3f * place[1])).ToArray());
    }

    private sealed class SignDescent(float learningRate) : ElementWiseOptimizer(learningRate, "sign descent", "exp_avg")
    {
        protected override void Update(in UpdateBlock block)
        {
            Span<float> means = block.State(0);
            for (int i = 0; i < means.Length; i++)
            {
                means[i] = (0.9f * means[i]) + (0.1f * block.Gradients[i]);
                block.Parameters[i] -= block.LearningRate * MathF.Sign(means[i]);
            }
        }
    }

    private sealed class WithinATenth() : Metric("within a tenth", largerIsBetter: true)
    {
        private int _right;
        private int _count;

        public override double Value => (double)_right / _count;

        public override void Reset() => (_right, _count) = (0, 0);

        public override void Add(in MetricBatch batch)
        {
            for (int i = 0; i < batch.Outputs.Length; i++)
                _right += MathF.Abs(batch.Outputs[i] - batch.Values[i]) < 0.1f ? 1 : 0;
            _count += batch.Outputs.Length;
        }
    }

    private sealed class StopAt(double part) : IFitCallback
    {
        public void OnEpochEnd(FitContext training)
        {
            if (training.Completed!.Metrics["within a tenth"] >= part)
                training.Stop();
        }
    }
}
