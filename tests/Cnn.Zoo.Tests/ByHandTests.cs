using Cnn.Functional.Tests.Support;
using Cnn.Zoo;

namespace Cnn.Zoo.Tests;

/// <summary>A block is what its layers are, written one by one: the same bits come out.</summary>
public sealed class ByHandTests
{
    private const int Batch = 5;
    private const int Classes = 4;

    [Fact]
    public void Residual_blocks_are_their_layers() => Agree(new SmallResNet(), new SmallResNetByHand(), SmallResNet.InputLength);

    [Fact]
    public void Inception_dense_and_inverted_blocks_are_their_layers() => Agree(new SmallInception(), new SmallInceptionByHand(), SmallInception.InputLength);

    private static void Agree(INetwork blocks, INetwork byHand, int inputLength)
    {
        Assert.Equal(blocks.Parameters.Select(parameter => parameter.Shape.ToArray()), byHand.Parameters.Select(parameter => parameter.Shape.ToArray()));
        TestData.Stir(blocks, seed: 1);
        for (int i = 0; i < blocks.Parameters.Count; i++)
            blocks.Parameters[i].Values.CopyTo(byHand.Parameters[i].Values);

        float[] images = TestData.Reals(Batch * inputLength, seed: 2);
        int[] labels = TestData.Labels(Batch, Classes, seed: 3);
        SameBits(Predict(blocks, images), Predict(byHand, images));
        SameBits(Train(blocks, images, labels), Train(byHand, images, labels));
        SameBits(TestData.Parameters(blocks), TestData.Parameters(byHand));
        SameBits(Predict(blocks, images), Predict(byHand, images));
    }

    private static float[] Predict(INetwork network, float[] images)
    {
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Batch });
        float[] outputs = new float[Batch * Classes];
        predictor.Predict(images, outputs);
        Assert.All(outputs, output => Assert.True(float.IsFinite(output)));
        return outputs;
    }

    private static float[] Train(INetwork network, float[] images, int[] labels)
    {
        using ITrainer trainer = network.CreateTrainer(new Sgd(0.01f) { Momentum = 0.9f }, Loss.CrossEntropy(), new TrainerOptions
        {
            BatchSize = Batch,
            Threads = 2,
        });
        return [.. Enumerable.Range(0, 3).Select(_ => trainer.Step(images, labels))];
    }

    private static void SameBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToUInt32Bits), actual.Select(BitConverter.SingleToUInt32Bits));
}
