using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Reading;

/// <summary>An attribute's arguments as plain values.</summary>
internal static class ArgumentReader
{
    /// <summary>The constructor of an attribute that the compiler could not bind.</summary>
    private const string Constructor = "";

    /// <summary>The arguments by name, one of them unreadable where the compiler finds an error in the attribute.</summary>
    public static EquatableArray<NamedArgument> Read(AttributeData attribute)
    {
        List<NamedArgument> arguments = [];
        if (attribute.AttributeConstructor is { } constructor && constructor.Parameters.Length == attribute.ConstructorArguments.Length)
            arguments.AddRange(
                constructor.Parameters.Zip(attribute.ConstructorArguments, static (parameter, value) => new NamedArgument(parameter.Name, Read(value))));
        else
            arguments.Add(new NamedArgument(Constructor, new UnreadableValue()));
        arguments.AddRange(attribute.NamedArguments.Select(static argument => new NamedArgument(argument.Key, Read(argument.Value))));
        return arguments.ToEquatableArray();
    }

    private static ArgumentValue Read(TypedConstant constant)
    {
        if (constant.Kind == TypedConstantKind.Error)
            return new UnreadableValue();
        if (constant.IsNull)
            return new NullValue();
        return constant.Kind == TypedConstantKind.Array ? new ArrayValue(constant.Values.Select(Read).ToEquatableArray()) : Read(constant.Value);
    }

    public static ArgumentValue Read(object? value) => value switch
    {
        null => new NullValue(),
        int integer => new IntegerValue(integer),
        double real => new RealValue(real),
        bool flag => new FlagValue(flag),
        string text => new TextValue(text),
        _ => new UnreadableValue(),
    };
}
