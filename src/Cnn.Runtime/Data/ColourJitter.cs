namespace Cnn.Data;

/// <summary>
/// Random brightness, contrast, saturation and hue, in this order: torchvision's <c>ColorJitter</c>, whose order is random. For pixels from 0 to 1, which
/// they stay; saturation and hue are for images of three channels.
/// </summary>
public sealed record ColourJitter
{
    /// <summary>Pixels are multiplied by 1 - this to 1 + this. Default 0, at most 1.</summary>
    public double Brightness
    {
        get;
        init => field = Checks.Within(value, 0, 1, nameof(Brightness));
    }

    /// <summary>The distance from the mean grey is multiplied by 1 - this to 1 + this. Default 0, at most 1.</summary>
    public double Contrast
    {
        get;
        init => field = Checks.Within(value, 0, 1, nameof(Contrast));
    }

    /// <summary>The distance from the pixel's own grey is multiplied by 1 - this to 1 + this. Default 0, at most 1.</summary>
    public double Saturation
    {
        get;
        init => field = Checks.Within(value, 0, 1, nameof(Saturation));
    }

    /// <summary>The hue is turned by at most this part of a full turn, each way. Default 0, at most ½.</summary>
    public double Hue
    {
        get;
        init => field = Checks.Within(value, 0, 0.5, nameof(Hue));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"brightness {Brightness}, contrast {Contrast}, saturation {Saturation}, hue {Hue}");
}
