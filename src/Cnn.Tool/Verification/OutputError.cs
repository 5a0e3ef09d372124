namespace Cnn.Tool.Verification;

/// <summary>How far outputs are from those that were expected.</summary>
/// <param name="Ulp">
/// The largest error in units in the last place of the expected value, of those that are no smaller than the absolute tolerance: closer to zero a
/// unit says nothing about what went wrong, and the absolute difference does. Infinite where one is a number and the other is not, or the counts
/// differ.
/// </param>
/// <param name="UlpOfLargest">The largest error in units in the last place of the largest expected value.</param>
/// <param name="Difference">The largest absolute difference.</param>
/// <param name="Excess">The largest difference beyond 1e-5 + 1e-3 times the expected value; positive for a failure.</param>
/// <param name="Index">Where that is: the output that decides.</param>
internal sealed record OutputError(double Ulp, double UlpOfLargest, double Difference, double Excess, int Index)
{
    public const double AbsoluteTolerance = 1e-5;
    public const double RelativeTolerance = 1e-3;

    public bool Passes => Excess <= 0;

    public static OutputError Of(ReadOnlySpan<float> outputs, ReadOnlySpan<float> expected)
    {
        if (outputs.Length != expected.Length)
            return new OutputError(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, -1);
        OutputError error = new(0, 0, 0, double.NegativeInfinity, 0);
        float largest = 0;
        for (int index = 0; index < outputs.Length; index++)
        {
            (float found, float needed) = (outputs[index], expected[index]);
            double difference = Distance(found, needed);
            largest = Math.Max(largest, float.IsFinite(needed) ? Math.Abs(needed) : 0);
            double excess = difference - (float.IsFinite(needed) ? AbsoluteTolerance + (RelativeTolerance * Math.Abs((double)needed)) : AbsoluteTolerance);
            error = error with
            {
                Ulp = Math.Abs(needed) < AbsoluteTolerance ? error.Ulp : Math.Max(error.Ulp, difference / UnitInTheLastPlace(needed)),
                Difference = Math.Max(error.Difference, difference),
                Excess = Math.Max(error.Excess, excess),
                Index = excess > error.Excess ? index : error.Index,
            };
        }

        return error with { UlpOfLargest = largest < AbsoluteTolerance ? 0 : error.Difference / UnitInTheLastPlace(largest) };
    }

    /// <summary>Infinite where one of two is not finite and the other is not the same.</summary>
    private static double Distance(float found, float needed)
    {
        if (found == needed || (float.IsNaN(found) && float.IsNaN(needed)))
            return 0;
        return float.IsFinite(found) && float.IsFinite(needed) ? Math.Abs((double)found - needed) : double.PositiveInfinity;
    }

    /// <summary>The distance to the next float away from zero.</summary>
    private static double UnitInTheLastPlace(float value) => float.IsFinite(value) ? (double)MathF.BitIncrement(MathF.Abs(value)) - MathF.Abs(value) : 1;
}
