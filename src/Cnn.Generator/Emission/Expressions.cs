using Cnn.Generator.Model;
using Cnn.Generator.Planning;

namespace Cnn.Generator.Emission;

/// <summary>Small pieces of C# that several emitters write.</summary>
internal static class Expressions
{
    public static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A float literal that reads back as the same bits.</summary>
    public static string Real(float value)
    {
        if (float.IsNaN(value))
            return "float.NaN";
        if (float.IsInfinity(value))
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        return value.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "f";
    }

    public static string Flag(bool value) => value ? "true" : "false";

    /// <summary>The runtime's struct of an activation.</summary>
    public static string Activation(ActivationSpec spec) => $"new _run::{spec.Activation}Activation({string.Join(", ", spec.Numbers.Select(Real))})";

    /// <summary>An index times a literal stride.</summary>
    public static string Product(string index, int stride) => stride == 1 ? index : $"({index} * {Number(stride)})";

    /// <summary>A reference that lies so far from another.</summary>
    public static string Reference(string name, IReadOnlyList<string> terms) => terms.Count == 0 ? "ref " + name : $"ref _il::Unsafe.Add(ref {name}, {string.Join(" + ", terms)})";

    /// <summary>The activation of a vector. The limit stands first: on x86 that order lets a NaN through instead of hiding it.</summary>
    public static string Activate(Epilogue epilogue, string value)
    {
        static string Limit(float limit) => $"TSimd.Create({Real(limit)})";
        return epilogue.Kind switch
        {
            EpilogueKind.ReLU => $"TSimd.MaxNative(TSimd.Zero, {value})",
            EpilogueKind.LeakyReLU => $"TSimd.MaxNative(TSimd.Multiply({value}, {Limit(epilogue.First)}), {value})",
            EpilogueKind.Clip => $"TSimd.MinNative({Limit(epilogue.Second)}, TSimd.MaxNative({Limit(epilogue.First)}, {value}))",
            _ => value,
        };
    }
}
