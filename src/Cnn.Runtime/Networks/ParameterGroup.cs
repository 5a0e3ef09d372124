namespace Cnn;

/// <summary>Some of a network's parameters, which are trained with a learning rate or a weight decay of their own.</summary>
/// <remarks>A parameter may be in several groups: the factors multiply, and the last weight decay holds.</remarks>
public sealed class ParameterGroup
{
    private readonly Func<Parameter, bool> _contains;

    /// <summary>The parameters of a layer or a block, or one parameter.</summary>
    /// <param name="name">As <c>body</c>, <c>body.conv1</c> or <c>body.conv1.weight</c>.</param>
    public ParameterGroup(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        _contains = parameter => parameter.Name == name || parameter.Name.StartsWith(name + ".", StringComparison.Ordinal);
    }

    /// <summary>Any choice of parameters.</summary>
    /// <param name="contains">Whether one belongs to the group; asked once, when a trainer is made.</param>
    public ParameterGroup(Func<Parameter, bool> contains)
    {
        ArgumentNullException.ThrowIfNull(contains);
        _contains = contains;
    }

    /// <summary>What the optimiser's learning rate is multiplied by. Default 1. Not negative, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRateFactor
    {
        get;
        init => field = NotNegative(value, nameof(LearningRateFactor));
    } = 1;

    /// <summary>The weight decay, in the place of the optimiser's. Default: null, the optimiser's. Not negative, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float? WeightDecay
    {
        get;
        init => field = value is { } decay ? NotNegative(decay, nameof(WeightDecay)) : null;
    }

    /// <summary>The name that it was made of; null for another choice.</summary>
    internal string? Name { get; }

    /// <summary>
    /// All parameters with a single axis: biases, and the factors, offsets and slopes of norms and activations, which are often left without weight decay.
    /// </summary>
    /// <param name="weightDecay">Their weight decay. Default 0.</param>
    public static ParameterGroup BiasesAndNorms(float weightDecay = 0) => new(static parameter => parameter.Shape.Length < 2) { WeightDecay = weightDecay };

    /// <summary>Whether a parameter belongs to the group.</summary>
    /// <param name="parameter">Of the network that is trained.</param>
    public bool Contains(Parameter parameter) => _contains(parameter);

    private static float NotNegative(float value, string name) => value >= 0 && float.IsFinite(value) ? value
        : throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{name} is {value}: give a finite number of at least 0."));
}
