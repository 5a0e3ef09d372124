using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

/// <summary>Every activation and its derivative over all magnitudes of float, from the denormals to the infinities.</summary>
[Collection(InstructionSetCollection.Name)]
public sealed class ActivationMagnitudeTests
{
    /// <summary>Beyond it every activation is a line or a constant, and no term of a formula cancels.</summary>
    private const double Bent = 20;

    /// <summary>exp(-x) is 0 in float from here on.</summary>
    private const double Vanished = 104;

    /// <summary>Stands for an infinity in double: the formulas have their limits there, and no difference overflows.</summary>
    private const double Far = 1e300;

    /// <summary>
    /// Their derivatives have the input as a factor, and infinity times 0 is NaN; bounding it costs a step up to 5 %, and only a network that has
    /// overflowed has such inputs.
    /// </summary>
    private static readonly string[] MultiplyByInput = ["GELU", "GELUTanh", "SiLU", "Mish"];

    private static readonly float[] Magnitudes = Create();

    public static TheoryData<string> Names => [.. ActivationCase.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_output_is_the_formulas_at_every_magnitude_and_its_limit_at_an_infinity(string name)
    {
        ActivationCase activation = ActivationCase.Named(name);
        float[] y = EverySet.Run(() => activation.Forward(Magnitudes));
        for (int i = 0; i < y.Length; i++)
        {
            // A factor of 0 has no limit there.
            if (float.IsInfinity(Magnitudes[i]) && activation.Numbers.Contains(0))
                continue;
            double x = activation.Function.IsSteep ? Magnitudes[i] : InDouble(Magnitudes[i]);
            Tolerance.Elementwise(4, activation.Function.Value(x), activation.Function.IsSteep ? 0 : Terms(x), y[i], $"{name}({Magnitudes[i]:r})");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_the_derivatives_at_every_magnitude_and_at_an_infinity_its_limit_or_NaN_as_PyTorchs(string name)
    {
        ActivationCase activation = ActivationCase.Named(name);
        foreach (float dy in new[] { 1f, -2.5f, 0f })
        {
            float[] dx = EverySet.Run(() => activation.Backward(Enumerable.Repeat(dy, Magnitudes.Length).ToArray(), Magnitudes));
            for (int i = 0; i < dx.Length; i++)
            {
                if (activation.Function.IsSteep)
                {
                    CheckSteep(activation, Magnitudes[i], dy, dx[i]);
                    continue;
                }

                if (float.IsNaN(dx[i]) && !float.IsFinite(Magnitudes[i]) && MultiplyByInput.Contains(name))
                    continue;
                double x = InDouble(Magnitudes[i]);
                double terms = Math.Abs(x) <= Bent ? 1 + Math.Abs(x) : 2;
                Tolerance.Derivative(Slope(activation, x) * dy, terms * dy, dx[i], $"{name}'({Magnitudes[i]:r}) * {dy}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_stays_one_and_a_smooth_derivative_of_it_too(string name)
    {
        ActivationCase activation = ActivationCase.Named(name);
        float[] x = Enumerable.Repeat(float.NaN, 24).ToArray();
        Assert.All(EverySet.Run(() => activation.Forward(x)), y => Assert.True(float.IsNaN(y)));
        float[] dx = EverySet.Run(() => activation.Backward(Enumerable.Repeat(1f, 24).ToArray(), x));
        if (activation.Function.Kinks.Length == 0)
            Assert.All(dx, gradient => Assert.True(float.IsNaN(gradient)));
    }

    /// <summary>A slope of no float times 0 is NaN in float alone.</summary>
    private static void CheckSteep(ActivationCase activation, float x, float dy, float dx)
    {
        double slope = activation.Function.Slope(x);
        if (dy != 0 || float.IsFinite((float)slope))
            Tolerance.Elementwise(16, slope * dy, dx, $"{activation.Name}'({x:r}) * {dy}");
    }

    /// <summary>
    /// The size of what cancels: x itself where the curve bends; where gates are denormal, x times the smallest normal, in whose units they are
    /// rounded.
    /// </summary>
    private static double Terms(double x) => Math.Abs(x) switch
    {
        <= Bent => x,
        <= Vanished => x * 1.17549435e-38,
        _ => 0,
    };

    private static double Slope(ActivationCase activation, double x)
    {
        ActivationFunction function = activation.Function;
        foreach (double seam in function.Seams)
        {
            if (x == seam)
                return function.Slope(seam);
            if (Math.Abs(x - seam) < 0.05)
                return Oracle.OneSidedDerivative(function.Value, x, Math.Sign(x - seam));
        }

        return Oracle.Derivative(function.Value, x);
    }

    private static double InDouble(float x) => float.IsFinite(x) ? x : Math.Sign(x) * Far;

    /// <summary>Eight a decade, and the places where floats end; both signs, as many as fill vectors.</summary>
    private static float[] Create()
    {
        List<float> positive = [0f, float.Epsilon, 1.17549435e-38f, 1e10f, 1.8e19f, 1.85e19f, 1e20f, 3e38f, float.MaxValue, float.PositiveInfinity];
        for (int eighth = -45 * 8; eighth < 38.5 * 8; eighth++)
            positive.Add((float)Math.Pow(10, eighth / 8.0));
        float[] both = [.. positive, .. positive.Select(x => -x)];
        return [.. both, .. new float[(24 - (both.Length % 24)) % 24]];
    }
}
