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

    /// <summary>A reference that lies so far from another; the runtime's classes that generated ones inherit from have the method.</summary>
    public static string At(string name, IReadOnlyList<string> terms) => terms.Count == 0 ? "ref " + name : $"ref At(ref {name}, {Sum(terms)})";

    /// <summary>A sum as an argument: what is in parentheses by itself needs none.</summary>
    public static string Sum(IReadOnlyList<string> terms) =>
        terms.Count == 0 ? "0" : string.Join(" + ", terms.Count == 1 && terms[0][0] == '(' ? [terms[0].Substring(1, terms[0].Length - 2)] : terms);

    /// <summary>The runtime's struct of what is done to finished sums.</summary>
    public static string Limits(Epilogue epilogue) => $"new _run::WinogradActivation({Real(epilogue.Low)}, {Real(epilogue.High)}, {Real(epilogue.Slope)})";

    /// <summary>The activation of a vector, in a class of kernels.</summary>
    public static string Activate(Epilogue epilogue, string value) => epilogue.Kind switch
    {
        EpilogueKind.ReLU => $"ReLU({value})",
        EpilogueKind.LeakyReLU => $"LeakyReLU({value}, {Real(epilogue.First)})",
        EpilogueKind.Clip => $"Clip({value}, {Real(epilogue.First)}, {Real(epilogue.Second)})",
        _ => value,
    };
}
