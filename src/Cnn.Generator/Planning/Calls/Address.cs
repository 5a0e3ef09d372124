namespace Cnn.Generator.Planning;

/// <summary>Where an operand lies.</summary>
/// <param name="Region">In which memory.</param>
/// <param name="Tensor">Which tensor, in a tensor region; which port, in a region of the caller's.</param>
/// <param name="Offset">Floats from its start.</param>
/// <param name="Skipped">Floats to skip of what is planned there.</param>
public sealed record Address(Region Region, int Tensor, int Offset, int Skipped = 0)
{
    /// <summary>The start of a tensor, or so many floats behind it.</summary>
    public static Address Of(int tensor, int offset = 0) => new(Region.Tensor, tensor, offset);

    /// <summary>A port's numbers, as the caller has them.</summary>
    public static Address Of(Region region, GraphPort port) => new(region, port.Index, 0);

    /// <summary>So many floats further.</summary>
    public Address Ahead(int floats) => Region == Region.Tensor ? this with { Offset = Offset + floats } : this with { Skipped = Skipped + floats };
}
