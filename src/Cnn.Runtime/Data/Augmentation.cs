namespace Cnn.Data;

/// <summary>How training images are varied, anew in each epoch, so that a network cannot learn them by heart.</summary>
/// <remarks>
/// In this order: resized crop, rotation and shift, flip, colours, cutout, erasing, and then mixing with another image, which is varied as well. What moves
/// in from outside is 0, and so is what is cut out: black, before any normalisation. The draw depends on the seed, the epoch and the image alone, so the same
/// seed gives the same images whatever the number of threads and the size of batches.
/// For images with rows and columns: <c>[channels, height, width]</c>.
/// </remarks>
public sealed record Augmentation
{
    /// <summary>
    /// The most pixels that an image is shifted, each way along each axis: the same as padding by as many and cropping at a random place. Default 0.
    /// </summary>
    public int Shift
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>Whether every second image, on average, is mirrored left to right. Default false; not for digits.</summary>
    public bool Flip { get; init; }

    /// <summary>
    /// The largest angle in degrees, each way, by which an image is turned about its centre, interpolated bilinearly. Default 0, at most 180.
    /// </summary>
    public float Rotation
    {
        get;
        init
        {
            if (!(value >= 0 && value <= 180))
                throw new ArgumentOutOfRangeException(nameof(value), FormattableString.Invariant($"Rotation is {value}: give degrees from 0 to 180."));
            field = value;
        }
    }

    /// <summary>
    /// The side of a square that is blanked at a random place, which may lie partly outside (DeVries and Taylor, arXiv 1708.04552). Default 0.
    /// </summary>
    public int Cutout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>A random part of the image in the place of the whole. Default: null, the whole.</summary>
    public ResizedCrop? ResizedCrop { get; init; }

    /// <summary>Random brightness, contrast, saturation and hue. Default: null, as they are.</summary>
    public ColourJitter? Colours { get; init; }

    /// <summary>Random rectangles that are blanked. Default: null, none.</summary>
    public RandomErasing? Erasing { get; init; }

    /// <summary>
    /// Mixes each image with another one of the dataset, λ x + (1-λ) x', and its class likewise; λ is drawn from the Beta distribution with this parameter
    /// (Zhang et al., arXiv 1710.09412). Default 0: not at all; 0.2 is usual. The loss is to be a cross entropy.
    /// </summary>
    public double MixUp
    {
        get;
        init => field = Checks.Within(value, 0, 100, nameof(MixUp));
    }

    /// <summary>
    /// Puts a rectangle of another image of the dataset into each one, and mixes the classes by their areas; the area is drawn from the Beta distribution with
    /// this parameter (Yun et al., arXiv 1905.04899). Default 0: not at all; 1 is usual. With <see cref="MixUp"/> as well, each image has one of the two.
    /// </summary>
    public double CutMix
    {
        get;
        init => field = Checks.Within(value, 0, 100, nameof(CutMix));
    }

    /// <summary>Whether targets become probabilities of classes.</summary>
    public bool Mixes => MixUp > 0 || CutMix > 0;

    /// <summary>What is switched on, as <c>shift 4, flip, mixup 0.2</c>: a checkpoint fits where it is equal.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        if (ResizedCrop is not null)
            parts.Add($"resized crop of {ResizedCrop}");
        if (Rotation > 0)
            parts.Add(FormattableString.Invariant($"rotation {Rotation}"));
        if (Shift > 0)
            parts.Add(FormattableString.Invariant($"shift {Shift}"));
        if (Flip)
            parts.Add("flip");
        if (Colours is not null)
            parts.Add($"colours of {Colours}");
        if (Cutout > 0)
            parts.Add(FormattableString.Invariant($"cutout {Cutout}"));
        if (Erasing is not null)
            parts.Add($"erasing of {Erasing}");
        if (MixUp > 0)
            parts.Add(FormattableString.Invariant($"mixup {MixUp}"));
        if (CutMix > 0)
            parts.Add(FormattableString.Invariant($"cutmix {CutMix}"));
        return parts.Count == 0 ? "nothing" : string.Join(", ", parts);
    }

    internal bool MovesPixels => Shift > 0 || Flip || Rotation > 0;

    internal void CheckFits(ReadOnlySpan<int> shape, string argument)
    {
        if (shape.Length != 3)
            throw new ArgumentException(
                $"Augmentation needs images of shape [channels, height, width], and these have {ShapeFormat.Brackets(shape)}.", argument);
        if (Shift >= Math.Min(shape[1], shape[2]))
            throw new ArgumentException($"Shift is {Shift}, and images of {ShapeFormat.Brackets(shape)} would be shifted out of sight: "
                + $"give at most {Math.Min(shape[1], shape[2]) - 1}.", argument);
        if (Colours is { Saturation: > 0 } or { Hue: > 0 } && shape[0] != 3)
            throw new ArgumentException(
                $"Saturation and Hue are for images of 3 channels, and these have {shape[0]}: leave them at 0.", argument);
    }
}
