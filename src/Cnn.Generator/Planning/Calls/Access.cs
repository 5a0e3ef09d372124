namespace Cnn.Generator.Planning;

/// <summary>What a call does with an operand. Barriers, joined stages and lifetimes follow from it.</summary>
public enum Access
{
    /// <summary>Reads it.</summary>
    In,

    /// <summary>Writes it, and reads nothing of what was there.</summary>
    Out,

    /// <summary>Reads it and writes it.</summary>
    InOut,

    /// <summary>Writes its border alone, which no other call writes.</summary>
    Border,

    /// <summary>Writes it and reads that again; what is left there is of no use to others.</summary>
    Scratch,
}
