namespace Cnn;

/// <summary>Where output o of a resized axis has its place in the input; the scale is the output's length over the input's, unless it is given.</summary>
public enum UpsampleCoordinates
{
    /// <summary>As PyTorch: <see cref="Asymmetric"/> for <see cref="UpsampleMode.Nearest"/>, <see cref="HalfPixel"/> for the others.</summary>
    Standard,

    /// <summary>(o + 1/2) / scale - 1/2: elements are areas, and their centres lie at halves.</summary>
    HalfPixel,

    /// <summary>o / scale.</summary>
    Asymmetric,
}
