using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Oracle;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Folding;

/// <summary>A predictor computes what the layers say, one by one, with the running statistics, wherever a norm stands.</summary>
public sealed class BatchNormFoldingTests
{
    [Fact]
    public void A_norm_behind_a_convolution() => Agrees(new ConvThenNorm(), (net, x) => x.Conv(net, "conv1", padding: 1).Norm(net, "batchnorm1").ReLU());

    [Fact]
    public void A_norm_behind_a_convolution_without_bias() => Agrees(new ConvWithoutBiasThenNorm(), (net, x) => x.Conv(net, "conv1").Norm(net, "batchnorm1").ReLU());

    [Fact]
    public void Two_norms_behind_each_other()
        => Agrees(new NormTwice(), (net, x) => x.Conv(net, "conv1").Norm(net, "batchnorm1").Norm(net, "batchnorm2", epsilon: 0.01).ReLU());

    [Fact]
    public void A_norm_behind_a_ReLU() => Agrees(new NormAfterReLU(), (net, x) => x.Conv(net, "conv1").ReLU().Norm(net, "batchnorm1").Conv(net, "conv2"));

    [Fact]
    public void A_norm_at_the_start() => Agrees(new NormFirst(), (net, x) => x.Norm(net, "batchnorm1").Conv(net, "conv1"));

    [Fact]
    public void A_norm_before_a_padded_convolution() => Agrees(new NormBeforePaddedConv(), (net, x) => x.Norm(net, "batchnorm1").Conv(net, "conv1", padding: 1));

    [Fact]
    public void A_norm_without_weight_and_bias() => Agrees(new NormWithoutAffine(), (net, x) => x.Conv(net, "conv1").Norm(net, "batchnorm1").ReLU());

    [Fact]
    public void A_norm_behind_a_linear_layer() => Agrees(new LinearThenNorm(), (net, x) => x.Linear(net, "linear1").Norm(net, "batchnorm1").ReLU());

    [Fact]
    public void A_norm_behind_a_grouped_convolution_and_one_behind_a_pooling()
        => Agrees(new GroupedConvThenNorms(), (net, x) => x.Conv(net, "conv1", padding: 1, groups: 4).Norm(net, "batchnorm1").MaxPool(2).Norm(net, "batchnorm2"));

    private static void Agrees(INetwork network, Func<INetwork, OracleMap, OracleMap> oracle)
    {
        const int Images = 3;
        TestData.Stir(network, 1);
        float[] inputs = TestData.Reals(Images * network.InputLength, 2);
        double[] expected = [.. Enumerable.Range(0, Images).SelectMany(image => oracle(network, Input(network, inputs.AsSpan(image * network.InputLength, network.InputLength))).Values)];
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            float[] outputs = new float[Images * network.OutputLength];
            using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Images });
            predictor.Predict(inputs, outputs);
            Tolerance.Pass.Check(expected, outputs, set.ToString());
        }
    }

    private static OracleMap Input(INetwork network, ReadOnlySpan<float> image)
    {
        ReadOnlySpan<int> shape = network.Summary.InputShape;
        return shape.Length == 3 ? OracleMap.Of(shape[0], shape[1], shape[2], image) : OracleMap.Of(shape[0], 1, 1, image);
    }
}
