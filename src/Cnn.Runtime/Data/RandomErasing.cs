namespace Cnn.Data;

/// <summary>Blanks a random rectangle of some of the images (Zhong et al., arXiv 1708.04896): torchvision's <c>RandomErasing</c>.</summary>
public sealed record RandomErasing
{
    /// <summary>The part of the images that are erased. Default ½.</summary>
    public double Probability
    {
        get;
        init => field = Checks.Within(value, 0, 1, nameof(Probability));
    } = 0.5;

    /// <summary>The least part of the image's area. Default 0.02.</summary>
    public double LeastArea
    {
        get;
        init => field = Checks.Within(value, double.Epsilon, 1, nameof(LeastArea));
    } = 0.02;

    /// <summary>The largest part of the image's area. Default 0.33.</summary>
    public double MostArea
    {
        get;
        init => field = Checks.Within(value, double.Epsilon, 1, nameof(MostArea));
    } = 0.33;

    /// <summary>How far width over height goes, up and down: from 1 / this to this, evenly in the logarithm. Default 3.3, at least 1.</summary>
    public double Stretch
    {
        get;
        init => field = Checks.Within(value, 1, 100, nameof(Stretch));
    } = 3.3;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"probability {Probability}, area {LeastArea} to {MostArea}, stretch {Stretch:0.###}");
}
