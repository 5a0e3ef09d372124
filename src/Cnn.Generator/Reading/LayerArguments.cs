using Cnn.Generator.Collections;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Reading;

/// <summary>The arguments of one layer attribute, by name. Total: what is not a value of the wanted type becomes <see cref="IsReadable"/> = false.</summary>
internal sealed class LayerArguments
{
    private readonly Dictionary<string, TypedConstant> _values = new(StringComparer.Ordinal);

    public LayerArguments(AttributeData attribute)
    {
        if (attribute.AttributeConstructor is not { } constructor || constructor.Parameters.Length != attribute.ConstructorArguments.Length)
        {
            IsReadable = false;
            return;
        }

        for (int i = 0; i < constructor.Parameters.Length; i++)
            _values[constructor.Parameters[i].Name] = attribute.ConstructorArguments[i];
        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
            _values[named.Key] = named.Value;
        IsReadable = _values.Values.All(IsValue);
    }

    /// <summary>False once an argument was not a value of the wanted type. The compiler reports each of those.</summary>
    public bool IsReadable { get; private set; } = true;

    public int Integer(string name, int otherwise) => Get(name, otherwise);

    public int? IntegerOrNull(string name) => _values.ContainsKey(name) ? Get(name, 0) : null;

    public bool Flag(string name, bool otherwise) => Get(name, otherwise);

    /// <summary>Rounded to float here, once.</summary>
    public float Real(string name, double otherwise) => (float)Get(name, otherwise);

    public string? Text(string name) => _values.TryGetValue(name, out TypedConstant value) && value.IsNull ? null : Get<string?>(name, null);

    /// <summary>Null where it was not given, or given as null.</summary>
    public EquatableArray<int>? IntegersOrNull(string name)
    {
        if (!_values.TryGetValue(name, out TypedConstant array))
            return null;
        if (array.Kind != TypedConstantKind.Array)
        {
            IsReadable &= array.IsNull;
            return null;
        }

        if (array.Values.IsDefault)
            return null;
        int[] numbers = new int[array.Values.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (array.Values[i].Value is int number)
                numbers[i] = number;
            else
                IsReadable = false;
        }

        return numbers.ToEquatableArray();
    }

    public EquatableArray<int> Integers(string name) => IntegersOrNull(name) ?? default;

    private T Get<T>(string name, T otherwise)
    {
        if (!_values.TryGetValue(name, out TypedConstant constant))
            return otherwise;
        if (constant.Kind != TypedConstantKind.Array && constant.Value is T value)
            return value;
        IsReadable = false;
        return otherwise;
    }

    private static bool IsValue(TypedConstant constant) =>
        constant.Kind != TypedConstantKind.Error
        && (constant.Kind != TypedConstantKind.Array || constant.Values.IsDefault || constant.Values.All(static item => item.Kind != TypedConstantKind.Error));
}
