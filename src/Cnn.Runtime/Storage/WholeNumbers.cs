namespace Cnn;

/// <summary>The rounding of <see cref="WeightStorage.Int8"/>: a weight is a whole number times the factor of its output channel.</summary>
internal static class WholeNumbers
{
    /// <summary>-128 is not used, so that weights of both signs are treated alike.</summary>
    private const int Largest = 127;

    /// <summary>The factor of a channel.</summary>
    /// <param name="magnitude">Its largest.</param>
    public static float Factor(float magnitude) => magnitude / Largest;

    /// <summary>The nearest whole number, of two the even one.</summary>
    public static sbyte Nearest(float value, float factor) => factor > 0 ? (sbyte)Math.Clamp(MathF.Round(value / factor), -Largest, Largest) : (sbyte)0;
}
