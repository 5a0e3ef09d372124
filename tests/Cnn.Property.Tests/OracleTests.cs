using System.Globalization;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

/// <summary>The oracle's gradients against differences of its own losses, element by element: its way back is proven by its way there.</summary>
public sealed class OracleTests
{
    private const int Images = 3;
    private const double Distance = 1e-6;

    public static TheoryData<string> Names => [.. LayerExamples.All.Keys];

    public static TheoryData<LossKind, double> Losses => new()
    {
        { LossKind.CrossEntropy, 0 },
        { LossKind.CrossEntropy, 0.2 },
        { LossKind.MeanSquaredError, 0 },
        { LossKind.MeanAbsoluteError, 0 },
        { LossKind.Huber, 0.6 },
        { LossKind.BinaryCrossEntropy, 0 },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_gradient_is_the_slope_of_the_loss(string name) => CheckSlopes(LayerExamples.All[name], new OracleLoss(LossKind.MeanSquaredError));

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_gradient_of_a_loss_is_its_slope(LossKind kind, double setting) =>
        CheckSlopes(new NetworkDescription(new InputLayer(new MapShape(2, 5)), new ConvLayer(4, new Window(3))), new OracleLoss(kind, setting));

    [Fact]
    public void Every_layer_of_the_product_has_an_example() =>
        Assert.Empty(LayerAttributes.Kinds.Except(LayerExamples.All.Values.SelectMany(example => example.AllLayers).Select(layer => layer.Kind)));

    private static void CheckSlopes(NetworkDescription description, OracleLoss loss)
    {
        NetworkCase drawn = NetworkCase.TryDraw(description, loss, seed: 1) ?? throw new InvalidOperationException($"No data for\n{description}");
        OracleNetwork network = Load(drawn);
        double[] inputs = Array.ConvertAll(drawn.Inputs[..(Images * description.InputShape.Length)], value => (double)value);
        FeatureMap inputGradients = Train(network, drawn, inputs).InputGradients;
        CheckElements("input", inputs, inputGradients.Values, () => Train(Load(drawn), drawn, inputs).Loss);
        foreach (OracleParameter parameter in network.Parameters.Where(parameter => parameter.IsTrainable))
        {
            double[] moved = [.. parameter.Values];
            CheckElements(parameter.Name, moved, parameter.Gradients, () =>
            {
                OracleNetwork other = Load(drawn);
                moved.CopyTo(other.Parameters.Single(same => same.Name == parameter.Name).Values, 0);
                return Train(other, drawn, inputs).Loss;
            });
        }
    }

    private static void CheckElements(string what, double[] values, double[] gradients, Func<double> loss)
    {
        double largest = gradients.Select(Math.Abs).Max();
        for (int index = 0; index < values.Length; index++)
        {
            double start = values[index];
            values[index] = start + Distance;
            double above = loss();
            values[index] = start - Distance;
            double below = loss();
            values[index] = start;
            double slope = (above - below) / (2 * Distance);
            if (!(Math.Abs(slope - gradients[index]) <= 1e-5 * Math.Max(largest, 1e-3)))
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{what} [{index}]: the gradient is {gradients[index]:g9} and the slope {slope:g9}."));
        }
    }

    private static OracleNetwork Load(NetworkCase drawn)
    {
        OracleNetwork network = new(drawn.Description);
        network.Load(drawn.Parameters);
        return network;
    }

    private static (FeatureMap Outputs, double Loss, FeatureMap InputGradients) Train(OracleNetwork network, NetworkCase drawn, double[] inputs)
    {
        int count = Images * drawn.Targets.Length / NetworkCase.Images;

        // Squares of far targets would leave differences of losses few digits.
        double scale = drawn.Loss.Kind == LossKind.MeanSquaredError ? Math.Sqrt(drawn.Description.OutputShape.Length) : 1;
        double[] targets = Array.ConvertAll(drawn.Targets[..count], value => value / scale);
        return network.Train(new FeatureMap(Images, drawn.Description.InputShape, inputs), (outputs, doubts) => drawn.Loss.Evaluate(outputs, targets, doubts));
    }
}
