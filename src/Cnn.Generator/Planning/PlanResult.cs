using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>What Planning hands to Emission: a plan, or the declaration whose errors keep it from having one.</summary>
public sealed record PlanResult
{
    public required TypeSpec Type { get; init; }

    /// <summary>Null exactly where there is a <see cref="Faulty"/>.</summary>
    public NetworkPlan? Plan { get; init; }

    /// <summary>The declaration that has an error.</summary>
    public NetworkSpec? Faulty { get; init; }

    /// <summary>Whether the generator can add members to the class at all.</summary>
    public bool CanReopen { get; init; }

    /// <summary>Whether the project's C# has no static members of interfaces, and no file-scoped namespaces.</summary>
    public bool IsOldLanguage { get; init; }

    /// <summary>The weights inside the assembly; null where there are none.</summary>
    public EmbeddedWeights? Embedded { get; init; }
}
