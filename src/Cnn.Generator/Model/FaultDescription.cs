using System.Globalization;

namespace Cnn.Generator.Model;

/// <summary>How much a fault weighs.</summary>
public enum FaultSeverity
{
    Information,
    Warning,

    /// <summary>The network is not generated.</summary>
    Error,
}

/// <summary>What every fault of one kind has in common.</summary>
public sealed record FaultDescription
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What was found, what is needed, why, and what to do, with one placeholder for each of <see cref="Fault.Arguments"/>.</summary>
    public required string Format { get; init; }

    public FaultSeverity Severity { get; init; } = FaultSeverity.Error;

    /// <summary>False for what is only shown to those who ask for it.</summary>
    public bool IsEnabledByDefault { get; init; } = true;

    /// <summary>Whether the compiler says it already, so that the analyzer keeps quiet.</summary>
    public bool IsReportedByCompiler { get; init; }

    /// <summary>The message of one fault of this kind.</summary>
    public string Message(Fault fault) =>
        string.Format(CultureInfo.InvariantCulture, Format, System.Linq.Enumerable.ToArray<object>(fault.Arguments));
}
