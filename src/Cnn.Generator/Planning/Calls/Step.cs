namespace Cnn.Generator.Planning;

/// <summary>A step of a layer: a method of the generated code, and what a call of it gets.</summary>
public sealed class Step
{
    /// <param name="name">What the method is called; equal bodies share a method.</param>
    /// <param name="formula">The formula with shapes, for the reader.</param>
    /// <param name="body">What it does.</param>
    /// <param name="addresses">Of the body's operands, in their order.</param>
    public Step(string name, string formula, StepBody body, params Address[] addresses)
    {
        if (addresses.Length != body.Operands.Length)
            throw new InvalidOperationException($"{name} takes {body.Operands.Length} operands, and gets {addresses.Length}.");
        (Name, Formula, Body, Addresses) = (name, formula, body, addresses);
    }

    public string Name { get; }

    public string Formula { get; }

    public StepBody Body { get; }

    public IReadOnlyList<Address> Addresses { get; }
}
