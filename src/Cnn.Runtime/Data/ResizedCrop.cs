namespace Cnn.Data;

/// <summary>A random part of an image in the place of the whole, brought to its size bilinearly: torchvision's <c>RandomResizedCrop</c>.</summary>
public sealed record ResizedCrop
{
    /// <summary>The least part of the image's area. Default 0.08.</summary>
    public double LeastArea
    {
        get;
        init => field = Checks.Within(value, double.Epsilon, 1, nameof(LeastArea));
    } = 0.08;

    /// <summary>The largest part of the image's area. Default 1.</summary>
    public double MostArea
    {
        get;
        init => field = Checks.Within(value, double.Epsilon, 1, nameof(MostArea));
    } = 1;

    /// <summary>How far width over height goes, up and down: from 1 / this to this, evenly in the logarithm. Default 4/3, at least 1.</summary>
    public double Stretch
    {
        get;
        init => field = Checks.Within(value, 1, 100, nameof(Stretch));
    } = 4.0 / 3;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"area {LeastArea} to {MostArea}, stretch {Stretch:0.###}");
}
