namespace Cnn.Imaging;

/// <summary>A colour of 8 bits a channel.</summary>
/// <param name="Red">From 0 to 255.</param>
/// <param name="Green">From 0 to 255.</param>
/// <param name="Blue">From 0 to 255.</param>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>All 255.</summary>
    public static Colour White { get; } = new(255, 255, 255);

    /// <summary>All 0.</summary>
    public static Colour Black { get; }
}
