namespace Cnn.Generator.Model;

/// <summary>What a caller's numbers at an input are; the values are those of the runtime's enum.</summary>
public enum PortElement
{
    Float32,
    UInt8,
}
