namespace Cnn.Definitions;

/// <summary>What an argument of an attribute is.</summary>
internal enum ArgumentType
{
    Integer,
    Integers,

    /// <summary>A double, which is rounded to float once.</summary>
    Real,
    Reals,
    Flag,
    Text,
    Texts,

    /// <summary>A member of an enumeration.</summary>
    Member,
}
