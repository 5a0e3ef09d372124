namespace Cnn.Tool.Verification;

/// <summary>How far outputs are from those that were expected.</summary>
/// <param name="Ulp">The largest error in units in the last place of the expected value; infinite where one is a number and the other is not, or the counts differ.</param>
/// <param name="UlpOfLargest">The largest error in units in the last place of the largest expected value.</param>
/// <param name="Difference">The largest absolute difference.</param>
/// <param name="Excess">The largest difference beyond 1e-5 + 1e-3 times the expected value; positive for a failure.</param>
/// <param name="Index">Where the largest error in ULP is.</param>
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
            bool isEqual = found == needed || (float.IsNaN(found) && float.IsNaN(needed));
            double difference = isEqual ? 0 : Math.Abs((double)found - needed);
            if (double.IsNaN(difference))
                difference = double.PositiveInfinity;
            largest = Math.Max(largest, float.IsFinite(needed) ? Math.Abs(needed) : 0);
            double ulp = difference / UnitInTheLastPlace(needed);
            error = error with
            {
                Ulp = Math.Max(error.Ulp, ulp),
                Index = ulp > error.Ulp ? index : error.Index,
                Difference = Math.Max(error.Difference, difference),
                Excess = Math.Max(error.Excess, isEqual ? double.NegativeInfinity : difference - AbsoluteTolerance - (RelativeTolerance * Math.Abs((double)needed))),
            };
        }

        return error with { UlpOfLargest = error.Difference / UnitInTheLastPlace(largest) };
    }

    /// <summary>The distance to the next float away from zero.</summary>
    private static double UnitInTheLastPlace(float value) => float.IsFinite(value) ? (double)MathF.BitIncrement(MathF.Abs(value)) - MathF.Abs(value) : 1;
}
