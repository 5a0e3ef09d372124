using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>What a step method does. Equal bodies are one method.</summary>
public abstract record StepBody
{
    private protected StepBody()
    {
    }

    /// <summary>The references that it takes, in order.</summary>
    public abstract EquatableArray<StepOperand> Operands { get; }

    /// <summary>What it takes behind them.</summary>
    public virtual RunNumbers Numbers => IsDivided ? RunNumbers.Share : RunNumbers.None;

    /// <summary>Whether workers that do one image together divide its outermost axis; it then takes which part it is, of how many.</summary>
    public bool IsDivided { get; init; }

    /// <summary>The units that workers share, where it takes a range of them.</summary>
    public virtual int Units => 0;

    /// <summary>Whether its rows are the images, so that a worker may do some of them.</summary>
    public virtual bool RowsAreImages => false;

    /// <summary>Whether each image has so many units.</summary>
    public virtual bool HasUnitsOfEachImage => false;

    /// <summary>The contraction whose kernels it calls; null for none.</summary>
    public virtual ContractionBody? Kernels => null;
}
