namespace Cnn;

/// <summary>Which element <see cref="UpsampleMode.Nearest"/> takes for a place between two.</summary>
public enum UpsampleRounding
{
    /// <summary>The one before it.</summary>
    Floor,

    /// <summary>The nearest; in the middle the one before it.</summary>
    HalfDown,

    /// <summary>The nearest; in the middle the one behind it. With <see cref="UpsampleCoordinates.HalfPixel"/> it is PyTorch's nearest-exact.</summary>
    HalfUp,

    /// <summary>The one behind it.</summary>
    Ceiling,
}
