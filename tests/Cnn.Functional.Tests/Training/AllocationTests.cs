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

    private static void AllocatesNothing(INetwork network, int threads)
    {
        const int Images = 3;
        float[] inputs = TestData.Reals(Images * network.InputLength, 1);
        int[] labels = TestData.Labels(Images, network.OutputLength, 2);
        float[] outputs = new float[Images * network.OutputLength];
        using ITrainer trainer = network.CreateTrainer(new Adam(0.001f), Loss.CrossEntropy(), new TrainerOptions
        {
            BatchSize = Images,
            Threads = threads,
            InputGradients = true,
        });
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Images, Threads = threads });

        void Train(int runs)
        {
            for (int run = 0; run < runs; run++)
                trainer.Step(inputs, labels);
        }

        void Predict(int runs)
        {
            for (int run = 0; run < runs; run++)
                predictor.Predict(inputs, outputs);
            predictor.Classify(inputs.AsSpan(0, network.InputLength));
        }

        Train(3);
        Predict(3);
        Assert.Equal(0, Allocations.Least(() => Train(Runs)));
        Assert.Equal(0, Allocations.Least(() => Predict(Runs)));
    }
}
