using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

/// <summary>Reductions of a map [planes][rows][columns][pitch] over planes and columns, and over channels too, a row each.</summary>
[Collection(InstructionSetCollection.Name)]
public sealed class AxisReductionsTests
{
    private const int Planes = 2;
    private const int Rows = 3;
    private const int Columns = 7;
    private const int Channels = 19;
    private const int Pitch = 24;
    private const int Step = Columns * Pitch;

    private static readonly Dictionary<string, (Func<double[], double> Value, Func<double[], double, double[]> Slopes)> Reductions = new()
    {
        ["Sum"] = (values => values.Sum(), (values, _) => [.. values.Select(_ => 1.0)]),
        ["Mean"] = (values => values.Average(), (values, _) => [.. values.Select(_ => 1.0 / values.Length)]),
        ["Max"] = (values => values.Max(), Shared),
        ["Min"] = (values => values.Min(), Shared),
        ["L2"] = (values => Math.Sqrt(values.Sum(value => value * value)), (values, y) => [.. values.Select(value => y == 0 ? 0 : value / y)]),
    };

    public static TheoryData<string, bool> Cases => new(
        from name in Reductions.Keys
        from channels in new[] { false, true }
        select (name, channels));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_reduction_and_its_gradient_are_those_of_the_definition(string name, bool channels)
    {
        float[] x = Map();
        float[] y = EverySet.Run(() => Run(name, new ForwardRun(x, channels)));
        float[] dy = TestData.Uniform(Rows * Pitch, 4);
        float[] dx = EverySet.Run(() => Run(name, new BackwardRun(dy, y, x, channels)));
        for (int output = 0; output < (channels ? Rows : Rows * Channels); output++)
        {
            int at = channels ? output : (output / Channels * Pitch) + (output % Channels);
            int[] elements = Elements(channels ? output : output / Channels, channels ? null : output % Channels);
            double[] values = [.. elements.Select(element => (double)x[element])];
            (Func<double[], double> value, Func<double[], double, double[]> slopes) = Reductions[name];
            Tolerance.Accumulated(values.Length + 2, value(values), values.Sum(Math.Abs), y[at], name);
            double[] expected = slopes(values, value(values));
            for (int element = 0; element < values.Length; element++)
                Tolerance.Accumulated(values.Length + 4, dy[at] * expected[element], Math.Abs(dy[at] * expected[element]), dx[elements[element]], name);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_gradient_behind_the_channels_is_0_where_they_are_reduced(bool needsValues)
    {
        float[] x = Map();
        float[] dy = TestData.Uniform(Rows * Pitch, 4);
        string name = needsValues ? "L2" : "Mean";
        float[] dx = Run(name, new BackwardRun(dy, Run(name, new ForwardRun(x, Channels: true)), x, Channels: true));
        for (int position = 0; position < x.Length / Pitch; position++)
            Assert.All(dx[((position * Pitch) + Channels)..((position + 1) * Pitch)], padding => Assert.Equal(0, padding));
    }

    [Theory]
    [InlineData("Max", false)]
    [InlineData("Min", false)]
    [InlineData("Max", true)]
    [InlineData("Min", true)]
    public void A_NaN_stays_visible(string name, bool channels)
    {
        float[] x = Map();
        x[Pitch + 3] = float.NaN;
        float[] y = EverySet.Run(() => Run(name, new ForwardRun(x, channels)));
        Assert.True(float.IsNaN(y[channels ? 0 : 3]));
        Assert.False(float.IsNaN(y[channels ? 1 : Pitch + 3]));
    }

    [Fact]
    public void The_gradient_of_a_norm_of_0_is_0()
    {
        float[] x = new float[Planes * Rows * Step];
        float[] dy = TestData.Uniform(Rows * Pitch, 4);
        Assert.All(Run("L2", new BackwardRun(dy, new float[Rows * Pitch], x, Channels: false)), gradient => Assert.Equal(0, gradient));
        Assert.All(Run("L2", new BackwardRun(dy, new float[Rows * Pitch], x, Channels: true)), gradient => Assert.Equal(0, gradient));
    }

    private static double[] Shared(double[] values, double result)
    {
        int ties = values.Count(value => value == result);
        return [.. values.Select(value => value == result ? 1.0 / ties : 0)];
    }

    /// <summary>With equal elements, so that some are the largest and the smallest together.</summary>
    private static float[] Map() =>
        [.. TestData.Uniform(Planes * Rows * Step, 1).Select((value, index) => index % 11 == 0 ? 2.5f : index % 13 == 0 ? -2.75f : value)];

    private static int[] Elements(int row, int? channel) =>
    [
        .. from plane in Enumerable.Range(0, Planes)
           from column in Enumerable.Range(0, Columns)
           from c in channel is { } one ? [one] : Enumerable.Range(0, Channels)
           select (((plane * Rows) + row) * Step) + (column * Pitch) + c,
    ];

    private static float[] Run(string name, IReductionRun run) => name switch
    {
        "Sum" => run.With(default(SumReduction)),
        "Mean" => run.With(default(MeanReduction)),
        "Max" => run.With(default(MaxReduction)),
        "Min" => run.With(default(MinReduction)),
        _ => run.With(default(L2Reduction)),
    };

    private interface IReductionRun
    {
        float[] With<TReduction>(TReduction reduction)
            where TReduction : struct, IReduction;
    }

    private sealed record ForwardRun(float[] X, bool Channels) : IReductionRun
    {
        public float[] With<TReduction>(TReduction reduction)
            where TReduction : struct, IReduction
        {
            float[] y = TestData.Output(Channels ? Rows : Rows * Pitch);
            if (Channels)
                AxisReductions.Channels(
                    reduction, ref X[0], Step, 1, 0, Planes, Rows * Step, Columns, Pitch, ref y[0], 1, Rows, AxisReductionsTests.Channels);
            for (int row = 0; row < Rows && !Channels; row++)
                AxisReductions.Positions(reduction, ref X[row * Step], 1, 0, Planes, Rows * Step, Columns, Pitch, ref y[row * Pitch], Pitch);
            return TestData.Written(y);
        }
    }

    private sealed record BackwardRun(float[] Dy, float[] Y, float[] X, bool Channels) : IReductionRun
    {
        public float[] With<TReduction>(TReduction reduction)
            where TReduction : struct, IReduction
        {
            float[] dx = TestData.Output(X.Length);
            if (Channels)
                AxisReductions.ChannelsBackward(
                    reduction, ref Dy[0], 1, ref Y[0], 1, ref X[0], ref dx[0], Step, 1, 0, Planes, Rows * Step, Columns, Pitch, Rows,
                    AxisReductionsTests.Channels, Pitch);
            for (int row = 0; row < Rows && !Channels; row++)
                AxisReductions.PositionsBackward(
                    reduction, ref Dy[row * Pitch], ref Y[row * Pitch], ref X[row * Step], ref dx[row * Step], 1, 0, Planes, Rows * Step, Columns, Pitch,
                    Pitch);
            return TestData.Written(dx);
        }
    }
}
