namespace Cnn;

/// <summary>What the elements of a stored tensor can be read as.</summary>
internal enum ElementKind
{
    /// <summary>Convertible to float.</summary>
    Real,

    /// <summary>Convertible to a 64-bit integer.</summary>
    Integer,

    /// <summary>Known to the format, of use to nobody here: can only be skipped.</summary>
    Other,
}

/// <summary>A dtype of the safetensors format.</summary>
/// <param name="Name">As the header spells it.</param>
/// <param name="Size">Bytes of one element.</param>
/// <param name="Kind">What it can be read as.</param>
internal sealed record ElementType(string Name, int Size, ElementKind Kind)
{
    public static readonly ElementType F64 = new("F64", 8, ElementKind.Real);
    public static readonly ElementType F32 = new("F32", 4, ElementKind.Real);
    public static readonly ElementType F16 = new("F16", 2, ElementKind.Real);
    public static readonly ElementType BF16 = new("BF16", 2, ElementKind.Real);
    public static readonly ElementType I8 = new("I8", 1, ElementKind.Other);
    public static readonly ElementType I64 = new("I64", 8, ElementKind.Integer);
    public static readonly ElementType U64 = new("U64", 8, ElementKind.Integer);
    public static readonly ElementType I32 = new("I32", 4, ElementKind.Integer);

    private static readonly ElementType[] Known =
    [
        F32, F64, F16, BF16, I64, U64, I32, I8,
        new("BOOL", 1, ElementKind.Other),
        new("U8", 1, ElementKind.Other),
        new("F8_E5M2", 1, ElementKind.Other),
        new("F8_E4M3", 1, ElementKind.Other),
        new("F8_E8M0", 1, ElementKind.Other),
        new("I16", 2, ElementKind.Other),
        new("U16", 2, ElementKind.Other),
        new("U32", 4, ElementKind.Other),
        new("C64", 8, ElementKind.Other),
    ];

    public static ElementType? Find(string name) => Array.Find(Known, type => type.Name == name);

    public override string ToString() => Name;
}
