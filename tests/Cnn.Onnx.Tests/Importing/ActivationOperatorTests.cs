using Cnn.Definitions;
using Cnn.Onnx.Tests.Support;
using Cnn.Runtime.Tests.Kernels;
using Google.Protobuf;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Onnx.Tests.Importing;

/// <summary>The operators of the table of activations, by ONNX's names and defaults.</summary>
public sealed class ActivationOperatorTests
{
    private const double Tolerance = 2e-6;

    private static readonly float[] Input = [-7, -2.5f, -1, -0.25f, 0, 0.75f, 1.5f, 9];

    private static readonly Lazy<Dictionary<string, INetwork>> Networks = new(() =>
        Reimport.Compiled([.. Cases.Select(given => Import(given.Model.ToByteArray(), given.Name))]).ToDictionary(network => network.GetType().Name));

    public static TheoryData<string> Names { get; } = [.. Cases.Select(given => given.Name)];

    private static IEnumerable<(string Name, ModelProto Model, ActivationFunction Function)> Cases =>
        ActivationTable.Operators.SelectMany(activation => new[] { ByDefault(activation) }.Concat(WithSamples(activation)));

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operator_is_imported_as_its_function(string name)
    {
        ActivationFunction function = Cases.Single(given => given.Name == name).Function;
        float[] output = new float[Input.Length];
        using IPredictor predictor = Networks.Value[name].CreatePredictor();
        predictor.Predict(Input, output);
        Assert.All(Input.Zip(output), pair => Assert.Equal(
            function.Value(pair.First), pair.Second, Tolerance * new[] { 1, Math.Abs(pair.First), Math.Abs(pair.Second) }.Where(double.IsFinite).Max()));
    }

    /// <summary>Nothing but the operator: the numbers are ONNX's defaults, which need not be the layer's.</summary>
    private static (string, ModelProto, ActivationFunction) ByDefault(ActivationDefinition activation) =>
        Case($"{activation.Name}ByDefault", activation, [], [.. activation.Numbers.Select(number => (double)number.Attribute.Default)]);

    private static IEnumerable<(string, ModelProto, ActivationFunction)> WithSamples(ActivationDefinition activation) =>
        ActivationOracle.Named(activation.Name).Samples.Select((sample, index) => Case(
            $"{activation.Name}OfSample{index}",
            activation,
            [.. activation.Numbers.Zip(sample, (number, value) => Real(number.Attribute.Name, (float)value))],
            [.. sample.Select(value => (double)(float)value)]));

    private static (string, ModelProto, ActivationFunction) Case(string name, ActivationDefinition activation, AttributeProto[] attributes, double[] numbers)
    {
        OnnxOperator operation = activation.Operator!;
        ModelProto model = Model(Math.Max(operation.Since, 13), [1, 2, 2, 2], Node(operation.Name, ["x"], "y", attributes));
        return (name, model, ActivationOracle.Named(activation.Name).Of(numbers));
    }
}
