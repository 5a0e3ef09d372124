namespace Cnn.Generator.Model;

/// <summary>What a repair does to the source.</summary>
public enum RepairKind
{
    /// <summary>Gives the property <see cref="Repair.Target"/> of the blamed attribute the value.</summary>
    SetProperty,

    /// <summary>Puts the value in the place of the blamed one.</summary>
    ReplaceValue,

    /// <summary>Inserts the attribute <see cref="Repair.Value"/> before the blamed one.</summary>
    InsertLayer,

    /// <summary>Makes the class, and every type around it, partial.</summary>
    MakePartial,

    /// <summary>Gives the blamed attribute another name.</summary>
    RenameAttribute,

    /// <summary>Adds a using directive of the namespace <see cref="Repair.Value"/>.</summary>
    AddUsing,
}

/// <summary>A change that mends a fault, found where the fault was: code fixes only apply it.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Target">The property to set, or empty.</param>
/// <param name="Value">C# text: an expression, an attribute's name, or a namespace.</param>
public sealed record Repair(RepairKind Kind, string Target = "", string Value = "");
