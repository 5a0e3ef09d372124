using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Cnn.CodeFixes;

/// <summary>What a repair is called, which repairs belong together, and what each does to the source.</summary>
internal static class RepairApplication
{
    /// <summary>The root after the repair, or null where the blamed text is not of the form that it needs.</summary>
    public static SyntaxNode? Apply(SyntaxNode root, SyntaxNode blamed, Repair repair) => repair.Kind switch
    {
        RepairKind.MakePartial => PartialRepair.Apply(root, blamed),
        RepairKind.SetProperty => PropertyRepair.Apply(root, blamed, repair),
        RepairKind.InsertLayer => InsertionRepair.Apply(root, blamed, repair),
        RepairKind.RenameAttribute => NameRepair.Apply(root, blamed, repair),
        RepairKind.AddUsing => UsingRepair.Apply(root, repair),
        RepairKind.ReplaceValue => ValueRepair.Apply(root, blamed, repair),
        _ => null,
    };

    public static string Title(Repair repair) => repair.Kind switch
    {
        RepairKind.MakePartial => "Make partial",
        RepairKind.SetProperty => $"Set {repair.Target} = {repair.Value}",
        RepairKind.InsertLayer => $"Insert [{repair.Value}] before it",
        RepairKind.AddUsing => $"Add 'using {repair.Value};'",
        _ => $"Change to {repair.Value}",
    };

    /// <summary>Repairs of one kind are applied together, whatever the values: each place gets its own.</summary>
    public static string Key(Repair repair) => repair.Kind is RepairKind.InsertLayer ? repair.Kind + repair.Value : repair.Kind + repair.Target;
}
