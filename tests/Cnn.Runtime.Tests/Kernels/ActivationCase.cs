using System.Globalization;
using System.Reflection;
using Cnn.CompilerServices;
using Cnn.Definitions;

namespace Cnn.Runtime.Tests.Kernels;

/// <summary>An activation of the table with numbers, run through the public kernels, and the function that it should be.</summary>
internal abstract class ActivationCase
{
    private const string Suffix = "Activation";

    /// <summary>Every activation, with its default numbers and with others.</summary>
    public static IReadOnlyList<ActivationCase> All { get; } = [.. ActivationTable.All.SelectMany(Create)];

    public required string Name { get; init; }

    public required IReadOnlyList<float> Numbers { get; init; }

    public required ActivationFunction Function { get; init; }

    public required ActivationDefinition Definition { get; init; }

    public abstract bool UsesOutput { get; }

    public abstract float[] Forward(float[] x);

    /// <summary>The gradient of the input for the input x; what the kernel wants saved is formed here.</summary>
    public abstract float[] Backward(float[] dy, float[] x);

    public static ActivationCase Named(string name) => All.Single(activation => activation.Name == name);

    private static IEnumerable<ActivationCase> Create(ActivationDefinition definition)
    {
        ActivationOracle oracle = ActivationOracle.Named(definition.Name);
        double[] defaults = [.. definition.Numbers.Select(number => number.Default)];
        return new[] { defaults }.Concat(oracle.Samples).Select(numbers => Create(definition, oracle, [.. numbers.Select(number => (float)number)]));
    }

    private static ActivationCase Create(ActivationDefinition definition, ActivationOracle oracle, float[] numbers)
    {
        Type type = typeof(IActivation).Assembly.GetType($"{typeof(IActivation).Namespace}.{definition.Name}{Suffix}", throwOnError: true)!;
        object activation = Activator.CreateInstance(type, [.. numbers.Cast<object>()])!;
        string name = string.Join(' ', [definition.Name, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]);
        ActivationFunction function = oracle.Of([.. numbers.Select(number => (double)number)]);
        return (ActivationCase)typeof(ActivationCase).GetMethod(nameof(OfType), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).Invoke(null, [activation, name, numbers, definition, function])!;
    }

    private static ActivationCase<TActivation> OfType<TActivation>(
        TActivation activation, string name, float[] numbers, ActivationDefinition definition, ActivationFunction function)
        where TActivation : struct, IActivation =>
        new(activation) { Name = name, Numbers = numbers, Definition = definition, Function = function };
}

/// <summary>An activation of one type.</summary>
internal sealed class ActivationCase<TActivation>(TActivation activation) : ActivationCase
    where TActivation : struct, IActivation
{
    public override bool UsesOutput => TActivation.UsesOutput;

    public override float[] Forward(float[] x)
    {
        float[] y = TestData.Output(x.Length);
        ElementWise.Forward(activation, ref x[0], ref y[0], x.Length);
        return TestData.Written(y);
    }

    public override float[] Backward(float[] dy, float[] x)
    {
        float[] saved = UsesOutput ? Forward(x) : x;
        float[] dx = TestData.Output(x.Length);
        ElementWise.Backward(activation, ref dy[0], ref saved[0], ref dx[0], x.Length);
        return TestData.Written(dx);
    }
}
