using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Runs;

/// <summary>A network with everything that it runs on, and the oracle's answers.</summary>
internal sealed class NetworkCase
{
    /// <summary>The largest batch.</summary>
    public const int Images = 7;

    public const float LearningRate = 0.1f;

    private const int Attempts = 20;

    private NetworkCase(NetworkDescription description, OracleLoss loss, int seed)
    {
        Description = description;
        Loss = loss;
        Random random = new(seed);
        Inputs = Reals(random, Images * description.InputShape.Length, -1, 1);
        Parameters = new OracleNetwork(description).Parameters
            .ToDictionary(parameter => parameter.Name, parameter => Reals(random, parameter.Values.Length, parameter.Range.Low, parameter.Range.High));
        Targets = TargetsOf(random);
    }

    public NetworkDescription Description { get; }

    public OracleLoss Loss { get; }

    /// <summary>Of <see cref="Images"/> images.</summary>
    public float[] Inputs { get; }

    /// <summary>In the shape of the outputs, or one label a position.</summary>
    public float[] Targets { get; }

    /// <summary>Parameters and running statistics by name.</summary>
    public IReadOnlyDictionary<string, float[]> Parameters { get; }

    /// <summary>Sizes of the training batches, in the order in which they come.</summary>
    public IReadOnlyList<int> TrainingBatches => Description.CanTrainOnOneImage ? [1, 3, Images] : [3, Images];

    /// <summary>The oracle's answers, under the same names as <see cref="ProductRun"/>'s.</summary>
    public IReadOnlyDictionary<string, double[]> Expected { get; private set; } = new Dictionary<string, double[]>();

    /// <summary>Draws data that single precision leaves no doubt about, see <see cref="Doubts"/>.</summary>
    /// <param name="description">The network.</param>
    /// <param name="loss">What it is trained with.</param>
    /// <param name="seed">The same seed gives the same data.</param>
    /// <returns>Null if all data that were tried leave doubts: a maximum over values that are nearly equal whatever comes in, for instance.</returns>
    public static NetworkCase? TryDraw(NetworkDescription description, OracleLoss loss, int seed)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            NetworkCase drawn = new(description, loss, (seed * Attempts) + attempt);
            if (OracleRun.TryRun(drawn) is { } expected)
            {
                drawn.Expected = expected;
                return drawn;
            }
        }

        return null;
    }

    public override string ToString() => $"{Description}with the loss {Loss.Kind}({Loss.Setting.ToString(System.Globalization.CultureInfo.InvariantCulture)})";

    private static float[] Reals(Random random, int count, double low, double high)
    {
        float[] values = new float[count];
        for (int index = 0; index < count; index++)
            values[index] = (float)(low + (random.NextDouble() * (high - low)));
        return values;
    }

    /// <summary>
    /// Far from the outputs where the gradient grows with the distance. A mean over many outputs would leave gradients below every tolerance; with
    /// gradients that grow with the number of outputs, sums of them that cancel out would leave rounding above it.
    /// </summary>
    private float[] TargetsOf(Random random)
    {
        MapShape outputs = Description.OutputShape;
        double far = 3 * Math.Sqrt(outputs.Length);
        return Loss.Kind switch
        {
            LossKind.CrossEntropy => [.. Enumerable.Range(0, Images * outputs.Positions).Select(_ => (float)random.Next(outputs.Channels))],
            LossKind.BinaryCrossEntropy => Reals(random, Images * outputs.Length, 0, 1),
            LossKind.MeanSquaredError => Reals(random, Images * outputs.Length, -far, far),
            _ => Reals(random, Images * outputs.Length, -2, 2),
        };
    }
}
