using Cnn.Data;
using Cnn.Fitting.Tests.Tasks;
using Cnn.Training;

namespace Cnn.Fitting.Tests;

public sealed class FitAllocationTests
{
    private const int Count = 400;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_allocates_nothing_on_the_thread_that_trains(bool isStream)
    {
        List<long> allocated = [];
        float[] image = new float[64];
        int[] kind = [1];
        float[] brightness = [0.5f];
        Example example = new([image], [kind, brightness]);
        IExampleSource source = isStream
            ? new ExampleStream(Count, [64], [TargetFormat.Labels(), TargetFormat.Values(1)], _ => Enumerable.Repeat(example, Count))
            : new Examples(Count, inputs: [new float[Count * 64]], targets: [new int[Count], new float[Count]]);
        new Portrait(seed: 1).Fit(source, validation: null, new FitOptions
        {
            Optimizer = new Adam(1e-3f),
            Loss = Loss.Each(Loss.CrossEntropy(), Loss.Huber()),
            Epochs = 1,
            BatchSize = 4,
            Clipping = GradientClipping.Norm(1),
            Callbacks = [new Recording(allocated)],
        }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, allocated[^1] - allocated[^51]);
    }

    private sealed class Recording(List<long> allocated) : IFitCallback
    {
        public void OnStart(FitContext training) => allocated.EnsureCapacity(Count);

        public void OnStepEnd(FitContext training) => allocated.Add(GC.GetAllocatedBytesForCurrentThread());
    }
}
