using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;
using Cnn.Reference;

namespace Cnn.Functional.Tests.Tracing;

/// <summary>What a predictor shows of its inside. Every layer of random networks is compared with the oracle in Cnn.Property.Tests.</summary>
public sealed class TraceTests
{
    public static TheoryData<string> Cases => [.. ReferenceCases.All.Select(reference => reference.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_last_activation_is_what_PyTorch_computes(string name)
    {
        ReferenceCase reference = ReferenceCases.All.Single(reference => reference.Name == name);
        ReferenceVectors vectors = new(reference);
        INetwork network = reference.Create();
        vectors.SetParameters(network);
        using IPredictor predictor = network.CreatePredictor();
        float[] inputs = vectors.Reals("input.0");
        float[] outputs = [.. Enumerable.Range(0, reference.BatchSize)
            .SelectMany(image => predictor.Trace(inputs.AsSpan(image * network.InputLength, network.InputLength))[^1].Values.ToArray())];
        Tolerance.Pass.Check(vectors.Reals("output.eval"), outputs, name);
    }

    [Fact]
    public void Each_activation_has_the_name_kind_and_shape_of_its_layer()
    {
        using LeNet.Predictor predictor = new LeNet().CreatePredictor();
        ActivationTrace trace = predictor.Trace(TestData.Reals(LeNet.InputLength, 1));
        Assert.Equal(
            ["input1", "conv1", "relu1", "maxpool1", "conv2", "relu2", "maxpool2", "flatten1", "linear1", "relu3", "linear2"],
            trace.Select(activation => activation.Layer));
        Assert.Equal(LeNet.Summary.Layers.Select(layer => layer.Kind), trace.Select(activation => activation.Kind));
        Assert.Equal([20, 28, 28], trace["conv1"].Shape);
        Assert.All(trace, activation => Assert.Equal(activation.Shape.Aggregate(1, (product, axis) => product * axis), activation.Values.Length));
        Assert.Equal(trace["conv1"].Values.Slice(3 * 784, 784), trace["conv1"].Channel(3));
        Assert.Equal(trace["linear2"].Values[4], Assert.Single(trace["linear2"].Channel(4).ToArray()));
    }

    [Fact]
    public void What_comes_before_a_fused_activation_and_into_an_overwritten_buffer_is_shown()
    {
        LeNet network = new(seed: 1);
        using LeNet.Predictor predictor = network.CreatePredictor();
        float[] image = TestData.Reals(LeNet.InputLength, 2);
        ActivationTrace trace = predictor.Trace(image);
        Tolerance.SameBits(image, trace["input1"].Values, "the input");
        Assert.Contains(trace["conv1"].Values.ToArray(), value => value < 0);
        Tolerance.SameBits([.. trace["conv1"].Values.ToArray().Select(value => value > 0 ? value : 0)], trace["relu1"].Values, "relu1");
        Tolerance.SameBits(trace["maxpool2"].Values, trace["flatten1"].Values, "flatten1");
    }

    [Theory]
    [InlineData(InstructionSet.Scalar)]
    [InlineData(InstructionSet.Neon)]
    [InlineData(InstructionSet.Avx2)]
    [InlineData(InstructionSet.Avx512)]
    public void Without_folding_the_last_activation_is_the_prediction(InstructionSet set)
    {
        using InstructionSetScope scope = new(set);
        using IPredictor predictor = new LeNet(seed: 1).CreatePredictor();
        float[] image = TestData.Reals(LeNet.InputLength, 2);
        float[] outputs = new float[LeNet.OutputLength];
        predictor.Predict(image, outputs);
        Tolerance.Pass.Check(outputs, predictor.Trace(image)["linear2"].Values, "linear2");
    }

    [Fact]
    public void A_norm_that_is_folded_away_is_shown_on_both_sides()
    {
        RegularizedLeNet network = new(seed: 1);
        TestData.Stir(network, 3);
        using RegularizedLeNet.Predictor predictor = network.CreatePredictor();
        ActivationTrace trace = predictor.Trace(TestData.Reals(RegularizedLeNet.InputLength, 2));
        float scale = network.Parameters["batchnorm1.weight"].Values[4] / MathF.Sqrt(network.Parameters["batchnorm1.running_var"].Values[4] + 1e-5f);
        float shift = network.Parameters["batchnorm1.bias"].Values[4] - (scale * network.Parameters["batchnorm1.running_mean"].Values[4]);
        ReadOnlySpan<float> before = trace["conv1"].Channel(4);
        ReadOnlySpan<float> behind = trace["batchnorm1"].Channel(4);
        for (int position = 0; position < before.Length; position++)
            Tolerance.Pass.Check((scale * before[position]) + shift, behind[position], "batchnorm1", position);
    }

    [Fact]
    public void A_trace_is_of_the_parameters_that_the_predictor_was_made_with_and_stays_as_it_is()
    {
        Small network = new(seed: 1);
        float[] input = TestData.Reals(Small.InputLength, 2);
        using Small.Predictor predictor = network.CreatePredictor();
        foreach (Parameter parameter in network.Parameters)
            parameter.Values.Clear();
        float[] outputs = new float[Small.OutputLength];
        predictor.Predict(input, outputs);
        ActivationTrace trace = predictor.Trace(input);
        Tolerance.Pass.Check(outputs, trace["linear2"].Values, "linear2");
        float[] copy = trace["relu1"].Values.ToArray();
        predictor.Trace(TestData.Reals(Small.InputLength, 9));
        Tolerance.SameBits(copy, trace["relu1"].Values, "an earlier trace");
        using Small.Predictor clone = predictor.Clone();
        Tolerance.SameBits(copy, clone.Trace(input)["relu1"].Values, "a clone's trace");
    }

    [Fact]
    public void A_layer_on_which_no_output_depends_is_shown_too()
    {
        float[] input = TestData.Reals(LeavesOneOut.InputLength, 2);
        LeavesOneOut network = new(seed: 1);
        using LeavesOneOut.Predictor predictor = network.CreatePredictor();
        ActivationTrace trace = predictor.Trace(input);
        Assert.Contains(trace["unused"].Values.ToArray(), value => value != 0);
        float[] outputs = new float[LeavesOneOut.OutputLength];
        predictor.Predict(input, outputs);
        Tolerance.Pass.Check(outputs, trace["linear1"].Values, "linear1");
    }

    [Fact]
    public void Misuse_is_refused_with_a_reason()
    {
        Small.Predictor predictor = new Small().CreatePredictor(new PredictorOptions { BatchSize = 2 });
        Assert.Contains("expected are 72", Assert.Throws<ArgumentException>(() => predictor.Trace(new float[2 * 72])).Message, StringComparison.Ordinal);
        ActivationTrace trace = predictor.Trace(new float[72]);
        Assert.Contains("conv1, batchnorm1", Assert.Throws<ArgumentException>(() => trace["conv9"]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => trace["conv1"].Channel(5).Length);
        predictor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => predictor.Trace(new float[72]));
    }
}
