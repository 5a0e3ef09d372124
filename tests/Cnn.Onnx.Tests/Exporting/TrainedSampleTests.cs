using Cnn.Data;
using Cnn.Onnx.Tests.Support;
using Cnn.Training;
using LeNetSample;
using LeNetSample.Training;

namespace Cnn.Onnx.Tests.Exporting;

/// <summary>The networks of samples/LeNet, trained by its plan: out as ONNX models, and back as classes.</summary>
public sealed class TrainedSampleTests
{
    private const int TrainingImages = 4_096;
    private const int TestImages = 512;

    [Fact]
    public void A_trained_LeNet_that_is_exported_and_imported_predicts_the_same_bits() => ComesBack(new LeNet(seed: 3));

    [Fact]
    public void A_trained_LeNet_with_batch_normalisation_that_is_exported_and_imported_predicts_the_same_bits() => ComesBack(new LeNetBatchNorm(seed: 3));

    private static void ComesBack(INetwork network)
    {
        ImageDataset test = RenderedDigits.Create(TestImages, seed: 1, DatasetPart.Test);
        TrainingPlan plan = new(Epochs: 3, TrainingPlan.DefaultBatchSize, TrainingPlan.DefaultLearningRate, Seed: 3, Threads: 1);
        network.Fit(RenderedDigits.Create(TrainingImages, seed: 1), test, plan.ToOptions(), null, TestContext.Current.CancellationToken);

        Assert.InRange(Evaluation.Of(network, test, cancellation: TestContext.Current.CancellationToken).Accuracy, 0.8, 1);

        INetwork copy = Assert.Single(Reimport.Compiled([Reimport.Of(network)]));
        Assert.Equal(Bits(Logits(network, test)), Bits(Logits(copy, test)));
    }

    private static float[] Logits(INetwork network, ImageDataset images)
    {
        float[] inputs = new float[images.Count * images.ImageLength];
        for (int image = 0; image < images.Count; image++)
            images.CopyImage(image, inputs.AsSpan(image * images.ImageLength, images.ImageLength));
        float[] outputs = new float[images.Count * network.OutputLength];
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = images.Count });
        predictor.Predict(inputs, outputs);
        return outputs;
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
