using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Reading;

/// <summary>The members that a network gets because it has several ports, which the user's part of the class must not have.</summary>
internal static class PortMembers
{
    private const string Losses = "Losses";

    public static IEnumerable<Fault> Check(INamedTypeSymbol type, IReadOnlyList<LayerSpec> layers)
    {
        foreach (string name in Names([.. layers.OfType<InputSpec>()], [.. layers.OfType<OutputSpec>()]).Distinct(StringComparer.Ordinal))
        {
            if (type.Name == name)
                yield return new Fault { Id = FaultIds.NamedLikeGeneratedMember, Arguments = [name] };
            if (type.GetMembers(name).Any(static member => !member.IsImplicitlyDeclared && member.DeclaringSyntaxReferences.Any(Declarations.IsWritten)))
                yield return new Fault { Id = FaultIds.DeclaresGeneratedMember, Argument = name, Element = -1, Arguments = [type.Name, name] };
        }
    }

    private static IEnumerable<string> Names(IReadOnlyList<InputSpec> inputs, IReadOnlyList<OutputSpec> outputs)
    {
        if (!PortNames.AreMembers(inputs.Count, outputs.Count))
            yield break;
        if (outputs.Count > 1)
            yield return Losses;
        foreach (string port in inputs.Select(static input => input.PortName).Concat(outputs.Select(static output => output.Name)))
            yield return PortNames.Pascal(port) + "Length";
    }
}
