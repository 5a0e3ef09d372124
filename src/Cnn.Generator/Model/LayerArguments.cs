using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>The arguments of one layer attribute, by name. Total: what is not a value of the wanted type becomes <see cref="IsReadable"/> = false.</summary>
internal sealed class LayerArguments
{
    private readonly Dictionary<string, ArgumentValue> _values = new(StringComparer.Ordinal);

    public LayerArguments(IEnumerable<NamedArgument> arguments)
    {
        foreach (NamedArgument argument in arguments)
            _values[argument.Name] = argument.Value;
        IsReadable = _values.Values.All(IsValue);
    }

    /// <summary>False once an argument was not a value of the wanted type. The compiler reports each of those.</summary>
    public bool IsReadable { get; private set; }

    public int Integer(string name, int otherwise) => IntegerOrNull(name) ?? otherwise;

    public int? IntegerOrNull(string name) => Get<IntegerValue>(name)?.Value;

    public bool Flag(string name, bool otherwise) => Get<FlagValue>(name)?.Value ?? otherwise;

    /// <summary>Rounded to float here, once. An integer is a number too, as C# has it.</summary>
    public float Real(string name, double otherwise) => (float)(Given(name) is IntegerValue integer ? integer.Value : Get<RealValue>(name)?.Value ?? otherwise);

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

    private ArgumentValue? Given(string name) => _values.TryGetValue(name, out ArgumentValue? value) && value is not NullValue ? value : null;

    private static bool IsValue(ArgumentValue value) => value is not UnreadableValue && (value is not ArrayValue array || array.Items.All(IsValue));
}
