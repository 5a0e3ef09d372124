using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

/// <summary>Layers that move elements, in networks large enough to be shared.</summary>
public sealed class MovementTests
{
    private const int Images = 2;

    [Fact]
    public void Workers_that_share_an_image_move_what_one_alone_moves()
    {
        using LargeMovements.Predictor alone = new LargeMovements(seed: 3).CreatePredictor(new PredictorOptions { BatchSize = Images });
        float[] inputs = TestData.Reals(Images * LargeMovements.InputLength, 1);
        float[] expected = new float[Images * LargeMovements.OutputLength];
        alone.Predict(inputs, expected);
        for (int threads = 2; threads <= 3; threads++)
        {
            PredictorOptions options = new() { BatchSize = Images, Threads = threads };
            using LargeMovements.Predictor several = new LargeMovements(seed: 3).CreatePredictor(options);
            foreach (int images in new[] { 1, Images })
            {
                float[] outputs = new float[images * LargeMovements.OutputLength];
                several.Predict(inputs.AsSpan(0, images * LargeMovements.InputLength), outputs);
                Tolerance.SameBits(expected[..outputs.Length], outputs, $"{threads} threads, {images} images");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nothing_is_allocated(int threads)
    {
        LargeMovements network = new(seed: 1);
        float[] inputs = TestData.Reals(Images * LargeMovements.InputLength, 1);
        float[] outputs = new float[Images * LargeMovements.OutputLength];
        using LargeMovements.Trainer trainer = network.CreateTrainer(
            new Sgd(0.01f), Loss.MeanSquaredError(), new TrainerOptions { BatchSize = Images, Threads = threads, InputGradients = true });
        using LargeMovements.Predictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Images, Threads = threads });
        void Run()
        {
            for (int run = 0; run < 5; run++)
            {
                trainer.Step(inputs, outputs);
                predictor.Predict(inputs, outputs);
            }
        }

        Run();
        Assert.Equal(0, Allocations.Least(Run));
    }
}
