using Cnn.Generator.Model;
using Cnn.Generator.Planning;

namespace Cnn.Generator.Emission;

/// <summary>Small pieces of C# that several emitters write.</summary>
internal static class Expressions
{
    /// <summary>A struct without numbers.</summary>
    private const string Plain = "default";

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

    /// <summary>The runtime's struct of what is done to finished sums: a step, or one after the other.</summary>
    public static string Epilogue(Epilogue epilogue) => epilogue.IsEmpty
        ? "_run::Epilogue.None"
        : epilogue.Steps.Select(EpilogueStep).Aggregate(static (first, second) => $"_run::Epilogue.Of({first}, {second})");

    /// <summary>The declaration of a local of that, which has a step. Its type stands there, because a user's class may have one called <c>var</c>.</summary>
    public static string EpilogueLocal(Epilogue epilogue, string name)
    {
        string type = epilogue.Steps.Select(EpilogueStepType).Aggregate(static (first, second) => $"_run::Then<{first}, {second}>");
        string value = epilogue.Steps.Select(EpilogueStepValue)
            .Aggregate(static (first, second) => first == Plain && second == Plain ? Plain : $"new({first}, {second})");
        return $"{type} {name} = {value};";
    }

    private static string EpilogueStepValue(EpilogueStep step) =>
        step is ActivationStep { Activation.Numbers: { Length: > 0 } numbers } ? $"new(new({string.Join(", ", numbers.Select(Real))}))" : Plain;

    private static string EpilogueStepType(EpilogueStep step) => step switch
    {
        ActivationStep activation => $"_run::Activated<_run::{activation.Activation.Activation}Activation>",
        _ => "_run::ResidualSum",
    };

    private static string EpilogueStep(EpilogueStep step) => step switch
    {
        ActivationStep activation => $"_run::Epilogue.Of({Activation(activation.Activation)})",
        _ => "_run::Epilogue.Residual",
    };
}
