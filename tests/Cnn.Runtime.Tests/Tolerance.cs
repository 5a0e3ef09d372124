using System.Globalization;

namespace Cnn.Runtime.Tests;

/// <summary>The classes of numerical agreement. A test names its class; no test has a tolerance of its own.</summary>
internal static class Tolerance
{
    /// <summary>Half the distance from 1 to the next float: the relative error of one rounding.</summary>
    public const double UnitRoundoff = 1.0 / (1 << 24);

    private const double SmallestNormal = 1.1754943508222875e-38;

    /// <summary>The same value to the bit: what only moves, selects or compares.</summary>
    public static void Exact(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string context = "") => SameOrder(expected, actual, context);

    /// <summary>The same operations in the same order: equal to the bit on every width. Any NaN equals any other, their payload is the hardware's.</summary>
    public static void SameOrder(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string context = "")
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool bothNaN = float.IsNaN(expected[i]) && float.IsNaN(actual[i]);
            if (!bothNaN && BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                Fail(i, expected[i], actual[i], "the same bits", context);
        }
    }

    /// <summary>
    /// A sum of <paramref name="terms"/> products: γ Σ|aᵢ bᵢ| with γ = n u / (1 - n u) and n = terms + 2. It holds for every order of
    /// summation, fused or not (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
    /// </summary>
    public static void Accumulated(int terms, double expected, double magnitude, float actual, string context = "")
    {
        double n = (terms + 2) * UnitRoundoff;
        double bound = n / (1 - n) * magnitude;
        if (!(Math.Abs(actual - expected) <= bound))
            Fail(0, expected, actual, bound.ToString("g3", CultureInfo.InvariantCulture), context);
    }

    /// <summary>A function of one element: so many units in the last place of the result.</summary>
    public static void Elementwise(double ulps, double expected, float actual, string context = "") => Elementwise(ulps, expected, 0, actual, context);

    /// <summary>A function of one element whose formula cancels: units in the last place of the larger of the result and its terms.</summary>
    public static void Elementwise(double ulps, double expected, double terms, float actual, string context = "")
    {
        if (double.IsNaN(expected) ? float.IsNaN(actual) : (float)expected == actual)
            return;
        double bound = ulps * UnitInTheLastPlace(Math.Max(Math.Abs(expected), Math.Abs(terms)));
        if (!(Math.Abs(actual - expected) <= bound))
            Fail(0, expected, actual, bound.ToString("g3", CultureInfo.InvariantCulture), context);
    }

    /// <summary>
    /// A derivative against a central difference in double: the rounding of the kernel, 16 units of the largest term of its formula, and what is left of the
    /// difference's own error.
    /// </summary>
    public static void Derivative(double expected, double terms, float actual, string context = "")
    {
        double bound = 16 * UnitRoundoff * Math.Abs(terms) + 1e-9;
        if (!(Math.Abs(actual - expected) <= bound))
            Fail(0, expected, actual, bound.ToString("g3", CultureInfo.InvariantCulture), context);
    }

    /// <summary>Distance between the floats around a value.</summary>
    public static double UnitInTheLastPlace(double value)
    {
        double magnitude = Math.Abs(value);
        return magnitude < SmallestNormal ? float.Epsilon : Math.ScaleB(1, Math.ILogB(magnitude) - 23);
    }

    private static void Fail(int index, double expected, double actual, string bound, string context)
        => Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{context} [{index}]: expected {expected:g17}, got {actual:g17}, allowed {bound}"));
}
