using System.Globalization;
using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Pieces of the formulas that stand above the generated methods.</summary>
internal static class Formulas
{
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Real(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>As <c>28, 28, 20</c>: the axes, then the channels.</summary>
    public static string Dimensions(TensorShape shape) => Dimensions(shape.Axes.Concat([shape.Channels]).ToEquatableArray());

    public static string Dimensions(EquatableArray<int> axes) => string.Join(", ", axes.Select(Number));

    /// <summary>As <c>ReLU</c>, or <c>Clip[-1, 1]</c>.</summary>
    public static string Activation(ActivationSpec spec) =>
        spec.Numbers.Length == 0 ? spec.Kind : $"{spec.Kind}[{string.Join(", ", spec.Numbers.Select(Real))}]";

    /// <summary>The gradient before an activation; that of the output where there is none.</summary>
    public static string Undone(ActivationSpec? spec) => spec is null ? "dy" : $"dy * {Activation(spec)}'(y)";

    /// <summary>What a layer computes, inside what it does to finished sums.</summary>
    /// <param name="epilogue">What that is.</param>
    /// <param name="sum">The sum.</param>
    /// <param name="residual">What stands for the residual.</param>
    public static string Finished(Epilogue epilogue, string sum, string residual = "r") => epilogue.Steps.Aggregate(sum, (inner, step) => step switch
    {
        ActivationStep activation => $"{Activation(activation.Activation)}({inner})",
        _ => $"{inner} + {residual}",
    });
}
