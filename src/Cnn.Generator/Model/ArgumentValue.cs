using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>One argument of a layer attribute as a plain value. Closed: every kind is declared in this file.</summary>
public abstract record ArgumentValue
{
    private protected ArgumentValue()
    {
    }
}

/// <summary>A number, or a member of an enumeration.</summary>
public sealed record IntegerValue(int Value) : ArgumentValue;

/// <summary>Not yet rounded to float.</summary>
public sealed record RealValue(double Value) : ArgumentValue;

public sealed record FlagValue(bool Value) : ArgumentValue;

public sealed record TextValue(string Value) : ArgumentValue;

/// <summary>Given as null, which for every argument means: not given.</summary>
public sealed record NullValue : ArgumentValue;

/// <summary>Not a value, as half-typed code has them.</summary>
public sealed record UnreadableValue : ArgumentValue;

public sealed record ArrayValue(EquatableArray<ArgumentValue> Items) : ArgumentValue;

/// <summary>An argument and what it is called: the constructor's parameter (<c>outChannels</c>) or the property (<c>Groups</c>).</summary>
public sealed record NamedArgument(string Name, ArgumentValue Value);
