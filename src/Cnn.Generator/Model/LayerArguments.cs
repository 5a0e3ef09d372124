using Cnn.Definitions;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>
/// The arguments of one layer attribute, by the names in its definition, which says what they are where they are not given. Total: what is not a value of the
/// wanted type becomes <see cref="IsReadable"/> = false.
/// </summary>
internal sealed class LayerArguments
{
    private readonly LayerDefinition _definition;
    private readonly Dictionary<string, ArgumentValue> _values = new(StringComparer.Ordinal);

    public LayerArguments(LayerDefinition definition, IEnumerable<NamedArgument> arguments)
    {
        _definition = definition;
        foreach (NamedArgument argument in arguments)
            _values[argument.Name] = argument.Value;
        IsReadable = _values.Values.All(IsValue);
    }

    /// <summary>False once an argument was not a value of the wanted type. The compiler reports each of those.</summary>
    public bool IsReadable { get; private set; }

    public int Integer(string name) => IntegerOrNull(name) ?? 0;

    /// <summary>Null where there is no default either.</summary>
    public int? IntegerOrNull(string name) => Get<IntegerValue>(name)?.Value ?? (int?)Define(name).Default;

    /// <summary>A member of an enumeration, as a number.</summary>
    public int Member(string name) => Get<IntegerValue>(name)?.Value ?? 0;

    public bool Flag(string name) => Get<FlagValue>(name)?.Value ?? (bool)Define(name).Default!;

    /// <summary>Rounded to float here, once. An integer is a number too, as C# has it.</summary>
    public float Real(string name) =>
        (float)(Given(name) is IntegerValue integer ? integer.Value : Get<RealValue>(name)?.Value ?? (double)Define(name).Default!);

    /// <summary>Null where it was not given, or given as null.</summary>
    public string? Text(string name) => Get<TextValue>(name)?.Value;

    /// <summary>Null where it was not given, or given as null.</summary>
    public EquatableArray<int>? IntegersOrNull(string name)
    {
        if (Get<ArrayValue>(name) is not { } array)
            return null;
        if (!array.Items.All(static item => item is IntegerValue))
            IsReadable = false;
        return array.Items.OfType<IntegerValue>().Select(static item => item.Value).ToEquatableArray();
    }

    public EquatableArray<int> Integers(string name) => IntegersOrNull(name) ?? default;

    /// <summary>Each rounded to float; empty where it was not given, or given as null.</summary>
    public EquatableArray<float> Reals(string name)
    {
        if (Get<ArrayValue>(name) is not { } array)
            return default;
        if (!array.Items.All(static item => item is RealValue))
            IsReadable = false;
        return array.Items.OfType<RealValue>().Select(static item => (float)item.Value).ToEquatableArray();
    }

    /// <summary>Empty where it was not given, or given as null; null items are empty.</summary>
    public EquatableArray<string> Texts(string name)
    {
        if (Get<ArrayValue>(name) is not { } array)
            return default;
        if (!array.Items.All(static item => item is TextValue or NullValue))
            IsReadable = false;
        return array.Items.Select(static item => (item as TextValue)?.Value ?? string.Empty).ToEquatableArray();
    }

    private TValue? Get<TValue>(string name)
        where TValue : ArgumentValue
    {
        ArgumentValue? value = Given(name);
        IsReadable &= value is null or TValue;
        return value as TValue;
    }

    /// <summary>As a property or as the constructor's parameter.</summary>
    private ArgumentValue? Given(string name)
    {
        ArgumentDefinition definition = Define(name);
        bool isGiven = _values.TryGetValue(definition.Name, out ArgumentValue? value) || _values.TryGetValue(definition.LowerName, out value);
        return isGiven && value is not NullValue ? value : null;
    }

    private ArgumentDefinition Define(string name) => _definition.Arguments.Concat(LayerTable.Common).FirstOrDefault(argument => argument.Name == name)
        ?? throw new ArgumentException($"The definition of {_definition.Kind} has no argument '{name}'.", nameof(name));

    private static bool IsValue(ArgumentValue value) => value is not UnreadableValue && (value is not ArrayValue array || array.Items.All(IsValue));
}
