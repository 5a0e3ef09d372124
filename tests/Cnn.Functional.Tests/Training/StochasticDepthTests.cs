using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

public sealed class StochasticDepthTests
{
    private const int Images = 1000;

    [Fact]
    public void A_trainer_drops_the_given_share_of_images_as_a_whole_and_scales_the_others()
    {
        using ITrainer trainer = Train(new OnlyStochasticDepth(), seed: 1);
        float[] outputs = Pass(trainer, OnlyStochasticDepth.InputLength);
        float[][] images = [.. outputs.Chunk(OnlyStochasticDepth.InputLength)];
        Assert.All(images, image => Assert.True(image.All(value => value == 0) || image.All(value => value == 1 / 0.7f)));
        // 1000 draws: the share's standard deviation is 0.0145.
        Assert.InRange(images.Count(image => image[0] == 0) / (double)Images, 0.24, 0.36);
    }

    [Fact]
    public void The_gradient_passes_where_the_image_passed()
    {
        using ITrainer trainer = Train(new OnlyStochasticDepth(), seed: 2);
        float[] outputs = Pass(trainer, OnlyStochasticDepth.InputLength);
        Assert.Equal(outputs.Select(output => output == 0), trainer.InputGradients.ToArray().Select(gradient => gradient == 0));
    }

    [Fact]
    public void Passes_and_layers_draw_for_themselves_and_the_seed_decides()
    {
        using ITrainer trainer = Train(new StochasticDepthTwice(), seed: 1);
        using ITrainer same = Train(new StochasticDepthTwice(), seed: 1);
        float[] first = Pass(trainer, StochasticDepthTwice.InputLength);
        Tolerance.SameBits(first, Pass(same, StochasticDepthTwice.InputLength), "the same seed");
        float[] second = Pass(trainer, StochasticDepthTwice.InputLength);
        Assert.NotEqual(first, second);

        // Independent draws keep 0.7 * 0.7 of the images, with a standard deviation of 0.016; one draw twice would keep 0.7.
        Assert.InRange(first.Count(output => output != 0) / (double)first.Length, 0.42, 0.56);
    }

    [Fact]
    public void Neither_threads_nor_instruction_sets_matter_to_a_draw()
    {
        float[]? first = null;
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            foreach (int threads in new[] { 1, 3 })
            {
                using ITrainer trainer = Train(new StochasticDepthTwice(), seed: 5, threads);
                float[] outputs = Pass(trainer, StochasticDepthTwice.InputLength);
                first ??= outputs;
                Tolerance.SameBits(first, outputs, $"{set} with {threads} threads");
            }
        }
    }

    [Fact]
    public void A_predictor_drops_nothing()
    {
        using OnlyStochasticDepth.Predictor predictor = new OnlyStochasticDepth().CreatePredictor();
        float[] inputs = TestData.Reals(OnlyStochasticDepth.InputLength, 1);
        float[] outputs = new float[inputs.Length];
        predictor.Predict(inputs, outputs);
        Tolerance.SameBits(inputs, outputs, "the outputs");
    }

    private static ITrainer Train(INetwork network, int seed, int threads = 1) => network.CreateTrainer(
        new Sgd(0.1f), Loss.MeanSquaredError(), new TrainerOptions { BatchSize = Images, InputGradients = true, Seed = seed, Threads = threads });

    private static float[] Pass(ITrainer trainer, int inputLength)
    {
        float[] ones = [.. Enumerable.Repeat(1f, Images * inputLength)];
        trainer.ForwardBackward(ones, new float[ones.Length]);
        return trainer.Outputs.ToArray();
    }
}
