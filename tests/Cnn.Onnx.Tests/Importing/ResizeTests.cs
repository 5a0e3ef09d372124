using Cnn.Generator.Tests.Harness;
using Cnn.Onnx.Tests.Support;
using Cnn.Tool.Importing;
using Google.Protobuf;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Onnx.Tests.Importing;

/// <summary>Resize in every mode, by ONNX's definition: what is imported gives its numbers at every position, and what no layer does is refused.</summary>
public sealed class ResizeTests
{
    private const double Tolerance = 1e-5;

    private static readonly string[] Transformations = ["asymmetric", "align_corners", "half_pixel", "half_pixel_symmetric",
        "pytorch_half_pixel", "tf_half_pixel_for_nn"];
    private static readonly string[] Roundings = ["floor", "ceil", "round_prefer_floor", "round_prefer_ceil"];

    /// <summary>Whole factors, and smaller maps, and factors from which the lengths are rounded down; one of each sort where there is less time.</summary>
    private static readonly (int Length, float Factor)[] Factors = LongRun.Of<(int, float)[]>(
        all: [(1, 2), (2, 2), (5, 2), (2, 3), (4, 3), (4, 0.5f), (5, 0.5f), (6, 0.75f), (4, 1.5f), (5, 1.25f), (3, 2.5f)],
        some: [(5, 2), (2, 3), (5, 0.5f), (6, 0.75f), (5, 1.25f)]);

    [Fact]
    public void Nearest_elements_are_those_of_the_definition_or_refused()
    {
        HashSet<string> imported = Check(
            from transformation in Transformations
            from rounding in Roundings
            from factor in Factors
            select new Case(transformation, "nearest", rounding, factor.Length, factor.Factor));
        foreach (string transformation in (string[])["asymmetric", "half_pixel", "align_corners"])
        {
            foreach (string rounding in Roundings)
                Assert.All(Factors, factor => Assert.Contains(new Case(transformation, "nearest", rounding, factor.Length, factor.Factor).Name, imported));
        }

        Assert.Contains(new Case("tf_half_pixel_for_nn", "nearest", "floor", 5, 2).Name, imported);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("cubic")]
    public void Interpolated_elements_are_those_of_the_definition_or_refused(string mode)
    {
        HashSet<string> imported = Check(
            from transformation in Transformations
            from factor in Factors
            select new Case(transformation, mode, "floor", factor.Length, factor.Factor));
        foreach (string transformation in (string[])["asymmetric", "half_pixel", "align_corners"])
            Assert.All(Factors, factor => Assert.Contains(new Case(transformation, mode, "floor", factor.Length, factor.Factor).Name, imported));
    }

    private static HashSet<string> Check(IEnumerable<Case> cases)
    {
        List<(Case Case, Import Import)> imports = [];
        foreach (Case one in cases)
        {
            try
            {
                imports.Add((one, Import(one.Model().ToByteArray(), one.Name)));
            }
            catch (ImportException exception)
            {
                Assert.Contains("has no such form", exception.Message, StringComparison.Ordinal);
            }
        }

        foreach (((Case one, _), INetwork network) in imports.Zip(Reimport.Compiled([.. imports.Select(pair => pair.Import)])))
        {
            float[] outputs = new float[network.OutputLength];
            using IPredictor predictor = network.CreatePredictor();
            predictor.Predict(one.Input(), outputs);
            double[] expected = one.Expected();
            Assert.Equal(expected.Length, outputs.Length);
            Assert.All(expected.Zip(outputs), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= Tolerance,
                $"{one.Name}: {string.Join(" ", outputs)} where {string.Join(" ", expected)} is right"));
        }

        return [.. imports.Select(pair => pair.Case.Name)];
    }

    /// <summary>A square map of one channel, each axis of which is resized alike.</summary>
    private sealed record Case(string Transformation, string Mode, string Rounding, int Length, float Factor)
    {
        private const double Coefficient = -0.75;

        public string Name =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Transformation}_{Mode}_{Rounding}_{Length}_{Factor}").Replace('.', '_');

        private int Outputs => (int)MathF.Floor(Length * Factor);

        public ModelProto Model()
        {
            AttributeProto[] form = [Text("coordinate_transformation_mode", Transformation), Text("mode", Mode), Text("nearest_mode", Rounding)];
            ModelProto model = Models.Model(19, [1, 1, Length, Length], Node("Resize", ["x", "", "scales"], "y", form));
            model.Graph.Initializer.Add(Floats("scales", [4], 1, 1, Factor, Factor));
            return model;
        }

        public float[] Input() => [.. Enumerable.Range(0, Length * Length).Select(index => MathF.Sin(index + 1))];

        public double[] Expected()
        {
            double[][] rows = [.. Enumerable.Range(0, Outputs).Select(Weights)];
            float[] input = Input();
            return [.. rows.SelectMany(
                row => rows.Select(column => row.Select((down, y) => column.Select((across, x) => down * across * input[(y * Length) + x]).Sum()).Sum()))];
        }

        /// <summary>How much of each element is in an output of an axis.</summary>
        private double[] Weights(int output)
        {
            // What is a whole number or a half, but for the rounding of doubles, is that.
            double from = Math.Round(Place(output), 9);
            double[] weights = new double[Length];
            void Add(double at, double weight) => weights[(int)Math.Clamp(at, 0, Length - 1)] += weight;
            double low = Math.Floor(from);
            switch (Mode)
            {
                case "cubic":
                    for (int offset = -1; offset <= 2; offset++)
                        Add(low + offset, Cubic(Math.Abs(from - low - offset)));
                    return weights;
                case "linear":
                    from = Math.Clamp(from, 0, Length - 1);
                    Add(Math.Floor(from), 1 - (from - Math.Floor(from)));
                    Add(Math.Floor(from) + 1, from - Math.Floor(from));
                    return weights;
            }

            Add(Rounding switch
            {
                "floor" => Math.Floor(from),
                "ceil" => Math.Ceiling(from),
                "round_prefer_floor" => Math.Ceiling(from - 0.5),
                _ => Math.Floor(from + 0.5),
            }, 1);
            return weights;
        }

        private double Place(int output) => Transformation switch
        {
            "asymmetric" => output / (double)Factor,
            "align_corners" => Outputs == 1 ? 0 : (double)output * (Length - 1) / (Outputs - 1),
            "tf_half_pixel_for_nn" => (output + 0.5) / Factor,
            "pytorch_half_pixel" when Outputs == 1 => 0,
            // The centre of the map stays where it is, though the length is rounded down.
            "half_pixel_symmetric" => (Length / 2.0 * (1 - (Outputs / (Length * (double)Factor)))) + ((output + 0.5) / Factor) - 0.5,
            _ => ((output + 0.5) / Factor) - 0.5,
        };

        private static double Cubic(double distance) => distance <= 1
            ? ((Coefficient + 2) * Math.Pow(distance, 3)) - ((Coefficient + 3) * Math.Pow(distance, 2)) + 1
            : (Coefficient * Math.Pow(distance, 3)) - (5 * Coefficient * Math.Pow(distance, 2)) + (8 * Coefficient * distance) - (4 * Coefficient);
    }
}
