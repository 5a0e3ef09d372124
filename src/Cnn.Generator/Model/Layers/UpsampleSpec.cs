using Cnn.Definitions;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

public sealed record UpsampleSpec : LayerSpec
{
    public override string Kind => "Upsample";

    /// <summary>The factor of every axis.</summary>
    public required int Scale { get; init; }

    /// <summary>The output's lengths, one for all axes or one per axis; empty where factors give them.</summary>
    public EquatableArray<int> Size { get; init; }

    /// <summary>Factors that need not be whole, one for all axes or one per axis; empty where <see cref="Scale"/> is the factor.</summary>
    public EquatableArray<float> Scales { get; init; }

    public UpsampleMode Mode { get; init; }

    public bool AlignCorners { get; init; }

    public UpsampleCoordinates Coordinates { get; init; }

    public UpsampleRounding Rounding { get; init; }

    public float CubicCoefficient { get; init; }

    /// <summary>How an axis of so many elements is resized.</summary>
    /// <param name="axis">Which of the positions' axes.</param>
    /// <param name="length">Its length in the input.</param>
    internal ResampledAxis Axis(int axis, int length)
    {
        double scale = Scales.Length > 0 ? Scales[Scales.Length == 1 ? 0 : axis] : Scale;
        long outputs = Size.Length > 0 ? Size[Size.Length == 1 ? 0 : axis] : (long)Math.Min(int.MaxValue, Math.Floor(length * scale));
        return new ResampledAxis(length, (int)outputs, Size.Length > 0 ? (double)outputs / length : scale)
        {
            Mode = Mode.ToString(),
            Coordinates = Coordinates.ToString(),
            Rounding = Rounding.ToString(),
            AlignCorners = AlignCorners,
            CubicCoefficient = CubicCoefficient,
        };
    }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
    [
        ResolvedArgument.Of("scale", Size.Length > 0 || Scales.Length > 0 ? 0 : Scale),
        .. Scales.Length > 0 ? [ResolvedArgument.Of("scales", Scales)] : (ResolvedArgument[])[],
        new("mode", Mode.ToString()),
        ResolvedArgument.Of("alignCorners", AlignCorners),
        new("coordinates", Coordinates.ToString()),
        new("rounding", Rounding.ToString()),
        ResolvedArgument.Of("cubicCoefficient", CubicCoefficient),
    ];
}

/// <summary>How a resized map gets its elements, as the runtime's enumeration.</summary>
public enum UpsampleMode
{
    Nearest,
    Bilinear,
    Linear,
    Cubic,
}

/// <summary>Where outputs have their places, as the runtime's enumeration.</summary>
public enum UpsampleCoordinates
{
    Standard,
    HalfPixel,
    Asymmetric,
}

/// <summary>Which element is the nearest, as the runtime's enumeration.</summary>
public enum UpsampleRounding
{
    Floor,
    HalfDown,
    HalfUp,
    Ceiling,
}

internal sealed class UpsampleFactory() : SpecFactory("Upsample")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new UpsampleSpec
    {
        Scale = arguments.Integer("Scale"),
        Size = arguments.Integers("Size"),
        Scales = arguments.Reals("Scales"),
        Mode = (UpsampleMode)arguments.Member("Mode"),
        AlignCorners = arguments.Flag("AlignCorners"),
        Coordinates = (UpsampleCoordinates)arguments.Member("Coordinates"),
        Rounding = (UpsampleRounding)arguments.Member("Rounding"),
        CubicCoefficient = arguments.Real("CubicCoefficient"),
    };
}
