namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Where Resize takes an output from, by ONNX's definition, beside what Upsample does: every position of an axis is compared.</summary>
/// <param name="Length">Of the axis of the input.</param>
/// <param name="Factor">A whole one; the output's length is the product.</param>
/// <param name="Transformation">coordinate_transformation_mode.</param>
internal sealed record ResizeCoordinates(int Length, int Factor, string Transformation)
{
    /// <summary>In elements of the input; between two of equal coordinates lie roundings alone.</summary>
    private const double Closeness = 1e-6;

    public long Outputs => (long)Length * Factor;

    /// <summary>Whether each element is repeated, as Upsample does.</summary>
    /// <param name="rounding">nearest_mode.</param>
    public bool Repeats(string rounding) => All(index => Nearest(Coordinate(index), rounding) == index / Factor);

    /// <summary>Whether interpolation is between the same places as Upsample's, whose pixels have their centres at halves.</summary>
    public bool HasCentres() => All(index => Math.Abs(Clamped(Coordinate(index)) - Clamped(HalfPixel(index))) <= Closeness);

    private bool All(Func<long, bool> holds)
    {
        for (long index = 0; index < Outputs; index++)
        {
            if (!holds(index))
                return false;
        }

        return true;
    }

    private double Coordinate(long index) => Transformation switch
    {
        "asymmetric" => (double)index / Factor,
        // The symmetric form differs where the factor is not whole.
        "half_pixel" or "half_pixel_symmetric" => HalfPixel(index),
        "pytorch_half_pixel" => Outputs > 1 ? HalfPixel(index) : 0,
        "tf_half_pixel_for_nn" => (index + 0.5) / Factor,
        "align_corners" => Outputs > 1 ? index * (Length - 1.0) / (Outputs - 1) : 0,
        _ => throw new NotExpressibleException(
            $"its coordinate_transformation_mode is '{Transformation}'; asymmetric, align_corners, half_pixel, half_pixel_symmetric, "
            + "pytorch_half_pixel and tf_half_pixel_for_nn are known"),
    };

    private double HalfPixel(long index) => ((index + 0.5) / Factor) - 0.5;

    private double Clamped(double coordinate) => Math.Clamp(coordinate, 0, Length - 1);

    private long Nearest(double coordinate, string rounding) => (long)Clamped(rounding switch
    {
        "floor" => Math.Floor(coordinate),
        "ceil" => Math.Ceiling(coordinate),
        "round_prefer_floor" => Math.Ceiling(coordinate - 0.5),
        "round_prefer_ceil" => Math.Floor(coordinate + 0.5),
        _ => throw new NotExpressibleException($"its nearest_mode is '{rounding}'; floor, ceil, round_prefer_floor and round_prefer_ceil are known"),
    });
}
