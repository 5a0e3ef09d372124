using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// What is done to a finished sum before it is stored, one step after the other. The bias is no step: sums start from it, which is one rounding less.
/// </summary>
/// <param name="Steps">In their order; none where the sum is stored as it is.</param>
public sealed record Epilogue(EquatableArray<EpilogueStep> Steps)
{
    /// <summary>No step.</summary>
    public static Epilogue None { get; } = new([]);

    /// <summary>The residual is added, and nothing else done.</summary>
    public static Epilogue Sum { get; } = new([new ResidualStep()]);

    /// <summary>Whether the sum is stored as it is.</summary>
    public bool IsEmpty => Steps.Length == 0;

    /// <summary>Whether one step adds a residual.</summary>
    public bool HasResidual => Steps.Any(static step => step is ResidualStep);

    /// <summary>The activation with which it ends; null if it ends with none.</summary>
    public ActivationSpec? LastActivation => IsEmpty ? null : (Steps[Steps.Length - 1] as ActivationStep)?.Activation;

    /// <summary>The same and one step more.</summary>
    public Epilogue Then(EpilogueStep step) => new([.. Steps, step]);

    /// <summary>The steps before the residual, and those from the residual on, for sums that are stored where no residual can be read.</summary>
    public (Epilogue Before, Epilogue Behind) AtResidual()
    {
        int before = Steps.TakeWhile(static step => step is not ResidualStep).Count();
        return (new([.. Steps.Take(before)]), new([.. Steps.Skip(before)]));
    }
}
