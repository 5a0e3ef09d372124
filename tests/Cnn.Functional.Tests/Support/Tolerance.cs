using System.Globalization;

namespace Cnn.Functional.Tests.Support;

/// <summary>
/// How far results may be from an answer that was computed in double: |ours - theirs| at most absolute + relative |theirs|. No test has a tolerance
/// of its own.
/// </summary>
internal sealed record Tolerance(double Absolute, double Relative)
{
    /// <summary>For outputs and losses of one pass.</summary>
    public static Tolerance Pass { get; } = new(1e-5, 1e-4);

    /// <summary>For gradients, and for everything after training steps.</summary>
    public static Tolerance Training { get; } = new(2e-5, 2e-4);

    /// <summary>For a derivative against differences of outputs that were rounded to float.</summary>
    public static Tolerance Differences { get; } = new(1e-4, 5e-3);

    public static void SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            if (BitConverter.SingleToInt32Bits(expected[index]) != BitConverter.SingleToInt32Bits(actual[index]))
                Fail(what, index, expected[index], actual[index], "the same bits");
        }
    }

    public void Check(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
            Check(expected[index], actual[index], what, index);
    }

    public void Check(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
            Check(expected[index], actual[index], what, index);
    }

    public void Check(double expected, float actual, string what, int index = 0)
    {
        double bound = Absolute + (Relative * Math.Abs(expected));
        if (!(Math.Abs(actual - expected) <= bound))
            Fail(what, index, expected, actual, "at most " + bound.ToString("g3", CultureInfo.InvariantCulture) + " away");
    }

    private static void Fail(string what, int index, double expected, double actual, string needed)
        => Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{what} [{index}]: {actual:g9} instead of {expected:g9}; needed is {needed}."));
}
