using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>One thing that is done to a finished sum.</summary>
public abstract record EpilogueStep
{
    private protected EpilogueStep()
    {
    }
}

/// <summary>An activation.</summary>
/// <param name="Activation">With its numbers.</param>
public sealed record ActivationStep(ActivationSpec Activation) : EpilogueStep;

/// <summary>What stands at the same place of another map is added.</summary>
public sealed record ResidualStep : EpilogueStep;
