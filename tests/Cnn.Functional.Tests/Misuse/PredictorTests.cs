using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Misuse;

public sealed class PredictorTests
{
    [Fact]
    public void Wrong_lengths_are_refused_and_the_outputs_left_alone()
    {
        using Small.Predictor predictor = new Small().CreatePredictor(new PredictorOptions { BatchSize = 2 });
        float[] outputs = [7, 7, 7, 7, 7, 7, 7];
        Refused(() => predictor.Predict(new float[71], outputs.AsSpan(0, 3)), "71 input floats", "72 for each input");
        Refused(() => predictor.Predict([], outputs.AsSpan(0, 0)), "0 input floats");
        Refused(() => predictor.Predict(new float[3 * 72], outputs), "216 input floats", "1 to 2 inputs");
        Refused(() => predictor.Predict(new float[72], outputs), "7 floats for the outputs", "expected are 3");
        Refused(() => predictor.Classify(new float[2 * 72]), "144 floats", "expected are 72");
        Assert.All(outputs, output => Assert.Equal(7, output));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Small().CreatePredictor(new PredictorOptions { BatchSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Small().CreatePredictor(new PredictorOptions { Threads = -1 }));
    }

    [Theory]
    [InlineData(InstructionSet.Scalar)]
    [InlineData(InstructionSet.Neon)]
    [InlineData(InstructionSet.Avx2)]
    [InlineData(InstructionSet.Avx512)]
    public void An_image_that_is_not_a_number_spoils_its_own_outputs_alone(InstructionSet set)
    {
        const int Images = 5;
        using InstructionSetScope scope = new(set);
        foreach (INetwork network in new INetwork[] { new LeNet(seed: 1), new Independent(seed: 1), new Small(seed: 1) })
        {
            using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Images });
            float[] inputs = TestData.Reals(Images * network.InputLength, 2);
            float[] clean = new float[Images * network.OutputLength];
            predictor.Predict(inputs, clean);
            inputs.AsSpan(2 * network.InputLength, network.InputLength).Fill(float.NaN);
            float[] spoilt = new float[clean.Length];
            predictor.Predict(inputs, spoilt);
            int from = 2 * network.OutputLength;
            int to = 3 * network.OutputLength;
            Assert.All(spoilt[from..to], output => Assert.True(float.IsNaN(output)));
            Tolerance.SameBits(clean.AsSpan(0, from), spoilt.AsSpan(0, from), "images before");
            Tolerance.SameBits(clean.AsSpan(to), spoilt.AsSpan(to), "images behind");
            float[] again = new float[clean.Length];
            inputs.AsSpan(2 * network.InputLength, network.InputLength).Clear();
            predictor.Predict(inputs, again);
            Assert.All(again, output => Assert.True(float.IsFinite(output)));
        }
    }

    [Fact]
    public void One_pixel_that_is_not_a_number_is_enough()
    {
        using LeNet.Predictor predictor = new LeNet(seed: 1).CreatePredictor();
        float[] image = TestData.Reals(LeNet.InputLength, 2);
        image[400] = float.NaN;
        float[] outputs = new float[LeNet.OutputLength];
        predictor.Predict(image, outputs);
        Assert.All(outputs, output => Assert.True(float.IsNaN(output)));
    }

    [Fact]
    public void Classifying_what_is_not_a_number_is_refused()
    {
        using Small.Predictor predictor = new Small().CreatePredictor();
        float[] input = new float[Small.InputLength];
        Array.Fill(input, float.NaN);
        Refused(() => predictor.Classify(input), "NaN");
    }

    [Fact]
    public void Classifying_a_map_is_refused_with_what_to_call()
    {
        foreach (INetwork network in new INetwork[] { new PerPosition(), new DropoutTwice() })
        {
            using IPredictor predictor = network.CreatePredictor();
            using IPredictor clone = predictor.Clone();
            string shape = string.Join('x', network.Summary.OutputShape.ToArray());
            foreach (IPredictor each in new[] { predictor, clone })
            {
                string message = Assert.Throws<InvalidOperationException>(() => each.Classify(new float[network.InputLength])).Message;
                Assert.Contains($"The output is a map of {shape}", message, StringComparison.Ordinal);
                Assert.Contains("call Predict", message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Classifying_a_map_of_one_position_is_as_of_a_vector()
    {
        OnePosition network = new(seed: 1);
        float[] input = TestData.Reals(OnePosition.InputLength, 3);
        float[] outputs = new float[OnePosition.OutputLength];
        using OnePosition.Predictor predictor = network.CreatePredictor();
        predictor.Predict(input, outputs);
        Assert.Equal(Array.IndexOf(outputs, outputs.Max()), predictor.Classify(input));
    }

    [Fact]
    public void Classifying_gives_the_first_index_of_the_largest_output()
    {
        EndsInSigmoid network = new();
        foreach (Parameter parameter in network.Parameters)
            parameter.Values.Clear();
        float[] input = new float[EndsInSigmoid.InputLength];
        using (EndsInSigmoid.Predictor predictor = network.CreatePredictor())
            Assert.Equal(0, predictor.Classify(input));
        new float[] { -1, 2, 1, 2 }.CopyTo(network.Parameters["linear1.bias"].Values);
        using EndsInSigmoid.Predictor second = network.CreatePredictor();
        Assert.Equal(1, second.Classify(input));
    }

    private static void Refused(Action call, params string[] messageParts)
    {
        string message = Assert.Throws<ArgumentException>(call).Message;
        foreach (string part in messageParts)
            Assert.Contains(part, message, StringComparison.Ordinal);
    }
}
