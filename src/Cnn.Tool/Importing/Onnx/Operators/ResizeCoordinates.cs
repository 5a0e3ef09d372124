using Cnn.Definitions;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Where Resize takes an output from, by ONNX's definition, beside what a form of Upsample does: every position of an axis is compared.</summary>
/// <param name="Length">Of the axis of the input.</param>
/// <param name="Outputs">Of the axis of the output.</param>
/// <param name="Scale">As the model has it, or the quotient of the lengths.</param>
/// <param name="Transformation">coordinate_transformation_mode.</param>
internal sealed record ResizeCoordinates(int Length, int Outputs, double Scale, string Transformation)
{
    /// <summary>In elements of the input; between two of equal coordinates lie roundings alone.</summary>
    private const double Closeness = 1e-5;

    /// <summary>Whether Upsample takes every output from the same place.</summary>
    /// <param name="axis">Upsample's.</param>
    /// <param name="rounding">nearest_mode.</param>
    public bool AreThoseOf(ResampledAxis axis, string rounding) => Enumerable.Range(0, Outputs).All(index => axis.Mode switch
    {
        "Nearest" => Nearest(Coordinate(index), rounding) == axis.Taps(index)[0].Index,
        "Cubic" => Math.Abs(Coordinate(index) - axis.Coordinate(index)) <= Closeness,
        _ => Math.Abs(Clamped(Coordinate(index)) - Clamped(axis.Coordinate(index))) <= Closeness,
    });

    private double Coordinate(int index) => Transformation switch
    {
        "asymmetric" => index / Scale,
        "half_pixel" => HalfPixel(index),
        "half_pixel_symmetric" => (Length / 2.0 * (1 - (Outputs / (Scale * Length)))) + HalfPixel(index),
        "pytorch_half_pixel" => Outputs > 1 ? HalfPixel(index) : 0,
        "tf_half_pixel_for_nn" => (index + 0.5) / Scale,
        "align_corners" => Outputs > 1 ? index * (Length - 1.0) / (Outputs - 1) : 0,
        _ => throw new NotExpressibleException(
            $"its coordinate_transformation_mode is '{Transformation}'; asymmetric, align_corners, half_pixel, half_pixel_symmetric, "
            + "pytorch_half_pixel and tf_half_pixel_for_nn are known"),
    };

    private double HalfPixel(int index) => ((index + 0.5) / Scale) - 0.5;

    private double Clamped(double coordinate) => Math.Clamp(coordinate, 0, Length - 1);

    /// <summary>What the rounding of floats has left beside a whole number, or beside a half, is that.</summary>
    private int Nearest(double coordinate, string rounding)
    {
        double halves = Math.Round(coordinate * 2);
        if (Math.Abs((coordinate * 2) - halves) <= Closeness)
            coordinate = halves / 2;
        return (int)Clamped(rounding switch
        {
            "floor" => Math.Floor(coordinate),
            "ceil" => Math.Ceiling(coordinate),
            "round_prefer_floor" => Math.Ceiling(coordinate - 0.5),
            "round_prefer_ceil" => Math.Floor(coordinate + 0.5),
            _ => throw new NotExpressibleException($"its nearest_mode is '{rounding}'; floor, ceil, round_prefer_floor and round_prefer_ceil are known"),
        });
    }
}
