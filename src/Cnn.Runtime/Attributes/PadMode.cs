namespace Cnn;

/// <summary>What stands around a padded feature map.</summary>
public enum PadMode
{
    /// <summary><see cref="PadAttribute.Value"/>, which is 0 unless given.</summary>
    Zero,

    /// <summary>The map mirrored at its edge, which is not repeated: padding is less than the axis is long.</summary>
    Reflect,

    /// <summary>The edge repeated.</summary>
    Replicate,
}
