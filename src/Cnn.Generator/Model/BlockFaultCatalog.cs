namespace Cnn.Generator.Model;

/// <summary>The faults of blocks and of their uses.</summary>
internal static class BlockFaultCatalog
{
    public static IEnumerable<FaultDescription> All { get; } =
    [
        Describe(FaultIds.BlockHasInput, "Block has an [Input]",
            "A block has an [Input], but its shapes follow from what it is used on; remove [Input], or make the class a [Network]"),
        Describe(FaultIds.BlockHasOutput, "Block has an [Output]",
            "A block has an [Output], but its last layer is what it makes, and outputs are the network's; remove [Output], and put one behind the block's use"),
        Describe(FaultIds.NotAConstant, "Argument of a block is not a const int",
            "{0} of {1} is marked as an argument of the block, but is not a const int, so that no use can give it a number; "
            + "declare it as 'const int {0}' or remove the mark"),
        Describe(FaultIds.EmptyBlock, "Block has no layer",
            "{0} has no layer, but a block needs at least one; add a layer attribute such as [Conv(16, 3, Padding = 1)]"),
        Describe(FaultIds.NotABlock, "Used class is not a block",
            "{0} is used as a block, but is not one; add [Block] and the block's layers to the class {0}"),
        Describe(FaultIds.BlockElsewhere, "Block is declared in another assembly",
            "{0} is declared in the assembly {1}, but a block's layers are read from its source, which a compiled assembly does not have; "
            + "add the file with {0} to this project"),
        Describe(FaultIds.TooManyArguments, "Too many arguments for a block",
            "{0} is given {1} arguments, but takes at most {2}, its constants in the order of declaration: {3}; remove the others"),
        Describe(FaultIds.RecursiveBlock, "Block uses itself",
            "{0} uses itself{1}, so that it would never end; remove one of the uses"),
        Describe(FaultIds.NotComputable, "Argument in a block cannot be computed anew",
            "{0} of {1} is {2}, which cannot be computed anew at each use; "
            + "use + - * / %, comparisons, && || ! and ?: on the block's constants, and conversions to int and double"),
        Describe(FaultIds.NetworkAndBlock, "Class is a network and a block",
            "{0} has [Network] and [Block], but a block is a part that takes its shapes from its use; remove one of the two attributes"),
        Describe(FaultIds.ReservedName, "Name is reserved in a block",
            "A layer of a block cannot be called {0}, because 'input' names what the block takes and 'shortcut' begins the names of a [Residual]'s projection; "
            + "choose another name"),
        Describe(FaultIds.NoValue, "Argument in a block has no value",
            "{0} of {1} has no value, because its expression {2} with the arguments of this use; change them or the expression"),
        Describe(FaultIds.ResidualOutsideBlock, "[Residual] outside of a block",
            "{0} adds the input of its block, but {1} is a network; move the layers of the residual connection into a class with [Block], "
            + "or name a layer and use [Add]"),
        Describe(FaultIds.ShortcutDiffers, "Shortcut has another shape",
            "{0} adds the block's input {1} to {2}, but their shapes differ and Shortcut.Identity allows no projection; "
            + "make the shapes equal, or leave Shortcut out"),
        Describe(FaultIds.NoProjection, "No projection for a shortcut",
            "{0} adds the block's input {1} to {2}, but no convolution of kernel size 1 makes the one into the other, because {3}; "
            + "change stride or padding in the block so that lengths are kept or divided"),
        Describe(FaultIds.TooManyLayers, "Network has too many layers",
            "{0} makes the network longer than {1} layers, which no compiler would get through; repeat the block less often"),
    ];

    private static FaultDescription Describe(string id, string title, string format) => new() { Id = id, Title = title, Format = format };
}
