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

    [Fact]
    public void Nearest_elements_are_those_of_the_definition_or_refused()
    {
        List<Case> cases = [];
        foreach (string transformation in Transformations)
        {
            foreach (string rounding in Roundings)
            {
                foreach (int length in (int[])[1, 2, 5])
                {
                    foreach (int factor in (int[])[2, 3])
                        cases.Add(new Case(transformation, rounding, length, factor));
                }
            }
        }

        HashSet<string> imported = Check(cases);
        Assert.Contains(new Case("asymmetric", "floor", 5, 3).Name, imported);
        Assert.Contains(new Case("half_pixel", "round_prefer_ceil", 5, 2).Name, imported);
        Assert.Contains(new Case("tf_half_pixel_for_nn", "floor", 5, 2).Name, imported);
        Assert.DoesNotContain(new Case("half_pixel", "floor", 5, 2).Name, imported);
        Assert.DoesNotContain(new Case("align_corners", "floor", 5, 2).Name, imported);
    }

    [Fact]
    public void Interpolated_elements_are_those_of_the_definition_or_refused()
    {
        List<Case> cases = [];
        foreach (string transformation in Transformations)
        {
            foreach (int length in (int[])[1, 2, 4])
            {
                foreach (int factor in (int[])[2, 3])
                    cases.Add(new Case(transformation, null, length, factor));
            }
        }

        HashSet<string> imported = Check(cases);
        Assert.Contains(new Case("half_pixel", null, 4, 3).Name, imported);
        Assert.DoesNotContain(new Case("align_corners", null, 4, 2).Name, imported);
        Assert.DoesNotContain(new Case("asymmetric", null, 2, 2).Name, imported);
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
                Assert.Matches("coordinates", exception.Message);
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
    private sealed record Case(string Transformation, string? Rounding, int Length, int Factor)
    {
        public string Name => $"{Transformation}_{Rounding ?? "linear"}_{Length}_{Factor}";

        public ModelProto Model()
        {
            AttributeProto[] mode = Rounding is null ? [Text("mode", "linear")] : [Text("nearest_mode", Rounding)];
            ModelProto model = Models.Model(19, [1, 1, Length, Length],
                Node("Resize", ["x", "", "scales"], "y", [Text("coordinate_transformation_mode", Transformation), .. mode]));
            model.Graph.Initializer.Add(Floats("scales", [4], 1, 1, Factor, Factor));
            return model;
        }

        public float[] Input() => [.. Enumerable.Range(0, Length * Length).Select(index => MathF.Sin(index + 1))];

        public double[] Expected()
        {
            double[][] rows = [.. Enumerable.Range(0, Length * Factor).Select(Weights)];
            float[] input = Input();
            return [.. rows.SelectMany(
                row => rows.Select(column => row.Select((down, y) => column.Select((across, x) => down * across * input[(y * Length) + x]).Sum()).Sum()))];
        }

        /// <summary>How much of each element is in an output of an axis.</summary>
        private double[] Weights(int output)
        {
            double from = Transformation switch
            {
                "asymmetric" => (double)output / Factor,
                "align_corners" => (double)output * (Length - 1) / ((Length * Factor) - 1),
                "tf_half_pixel_for_nn" => (output + 0.5) / Factor,
                _ => ((output + 0.5) / Factor) - 0.5,
            };
            double[] weights = new double[Length];
            if (Rounding is null)
            {
                double inside = Math.Clamp(from, 0, Length - 1);
                int low = (int)inside;
                weights[low] = 1 - (inside - low);
                weights[Math.Min(low + 1, Length - 1)] += inside - low;
                return weights;
            }

            double nearest = Rounding switch
            {
                "floor" => Math.Floor(from),
                "ceil" => Math.Ceiling(from),
                "round_prefer_floor" => Math.Ceiling(from - 0.5),
                _ => Math.Floor(from + 0.5),
            };
            weights[(int)Math.Clamp(nearest, 0, Length - 1)] = 1;
            return weights;
        }
    }
}
