namespace Cnn;

/// <summary>What a caller's numbers at an input are.</summary>
public enum PortElement
{
    /// <summary>Floats.</summary>
    Float32,

    /// <summary>
    /// Bytes, 0 to 255, as decoders give pixels. A <c>[Normalize]</c> behind the input brings them into the range that the network was trained on.
    /// The forms of the interfaces still take floats, of the same values.
    /// </summary>
    UInt8,
}
