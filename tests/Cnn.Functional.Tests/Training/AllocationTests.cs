using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

public sealed class AllocationTests
{
    private const int Runs = 100;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_hundred_steps_and_predictions_of_LeNet_allocate_nothing(int threads) => AllocatesNothing(new LeNet(), threads);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_hundred_steps_and_predictions_with_batch_normalisation_and_dropout_allocate_nothing(int threads) =>
        AllocatesNothing(new RegularizedLeNet(), threads);

    public static TheoryData<string, int> Cases => new(
        from name in Created.Keys
        from threads in new[] { 1, 3 }
        select (name, threads));

    private static Dictionary<string, Func<INetwork>> Created { get; } = new()
    {
        ["arithmetic"] = () => new Arithmetic(),
        ["functions"] = () => new ElementFunctions(),
        ["reductions"] = () => new Reduced(),
        ["resizing"] = () => new Resized(),
        ["scales"] = () => new MapScales(),
        ["norms"] = () => new PositionNorms(),
        ["comparisons"] = () => new Comparisons(),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Layers_of_arithmetic_allocate_nothing(string name, int threads) => AllocatesNothing(Created[name](), threads, runs: 20);

    private static void AllocatesNothing(INetwork network, int threads, int runs = Runs)
    {
        const int Images = 3;
        float[] inputs = TestData.Reals(Images * network.InputLength, 1);
        int[] shape = [.. network.Summary.OutputShape];
        int[] labels = TestData.Labels(Images * network.OutputLength / shape[0], shape[0], 2);
        float[] outputs = new float[Images * network.OutputLength];
        using ITrainer trainer = network.CreateTrainer(new Adam(0.001f), Loss.CrossEntropy(), new TrainerOptions
        {
            BatchSize = Images,
            Threads = threads,
            InputGradients = true,
        });
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Images, Threads = threads });

        void Train(int count)
        {
            for (int run = 0; run < count; run++)
                trainer.Step(inputs, labels);
        }

        void Predict(int count)
        {
            for (int run = 0; run < count; run++)
                predictor.Predict(inputs, outputs);
            if (shape.Length == 1)
                predictor.Classify(inputs.AsSpan(0, network.InputLength));
        }

        Train(3);
        Predict(3);
        Assert.Equal(0, Allocations.Least(() => Train(runs)));
        Assert.Equal(0, Allocations.Least(() => Predict(runs)));
    }
}
