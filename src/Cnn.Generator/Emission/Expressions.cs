using Cnn.Generator.Planning;

namespace Cnn.Generator.Emission;

/// <summary>Small pieces of C# that several emitters write.</summary>
internal static class Expressions
{
    public static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An index times a literal stride.</summary>
    public static string Product(string index, int stride) => stride == 1 ? index : $"({index} * {Number(stride)})";

    /// <summary>A reference that lies so far from another.</summary>
    public static string Reference(string name, IReadOnlyList<string> terms) => terms.Count == 0 ? "ref " + name : $"ref _il::Unsafe.Add(ref {name}, {string.Join(" + ", terms)})";

    /// <summary>The activation of a vector. The limit stands first: on x86 that order lets a NaN through instead of hiding it.</summary>
    public static string Activate(Epilogue epilogue, string value)
    {
        static string Limit(float limit) => $"TSimd.Create({Activations.Literal(limit)})";
        return epilogue.Kind switch
        {
            EpilogueKind.ReLU => $"TSimd.MaxNative(TSimd.Zero, {value})",
            EpilogueKind.LeakyReLU => $"TSimd.MaxNative(TSimd.Multiply({value}, {Limit(epilogue.First)}), {value})",
            EpilogueKind.Clip => $"TSimd.MinNative({Limit(epilogue.Second)}, TSimd.MaxNative({Limit(epilogue.First)}, {value}))",
            _ => value,
        };
    }
}
