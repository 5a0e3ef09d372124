namespace Cnn.Data;

/// <summary>How training images are varied, anew in each epoch, so that a network cannot learn them by heart.</summary>
/// <remarks>
/// In this order: rotation and shift, flip, cutout. What moves in from outside is 0, and so is what is cut out: black, before any
/// normalisation. The draw depends on the seed, the epoch and the image alone, so the same seed gives the same images whatever the number of threads.
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

    internal bool MovesPixels => Shift > 0 || Flip || Rotation > 0;

    internal void CheckFits(ReadOnlySpan<int> shape, string argument)
    {
        if (shape.Length != 3)
            throw new ArgumentException(
                $"Augmentation needs images of shape [channels, height, width], and these have {ShapeFormat.Brackets(shape)}.", argument);
        if (Shift >= Math.Min(shape[1], shape[2]))
            throw new ArgumentException($"Shift is {Shift}, and images of {ShapeFormat.Brackets(shape)} would be shifted out of sight: "
                + $"give at most {Math.Min(shape[1], shape[2]) - 1}.", argument);
    }
}
