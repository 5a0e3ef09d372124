using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Drawing;

/// <summary>Blocks of one to four layers with or without a shortcut around them.</summary>
internal static class BlockDrawing
{
    public static Layer? Draw(Dice dice, Unfinished before)
    {
        MapShape input = before.Input;
        Unfinished block = new(input, "input");
        int layers = dice.Between(1, 4);
        for (int attempt = 0; attempt < 20 && block.Count <= layers; attempt++)
        {
            string kind = dice.Pick(LayerDrawings.Kinds);
            if (kind != "Block" && LayerDrawings.ByKind[kind](dice, block) is { } layer)
                block.Append(dice, layer);
        }

        if (block.Count == 1)
            return null;
        MapShape output = block.Input;
        Layer[] inner = [.. block.Description.Layers.Skip(1)];
        if (dice.Chance(60))
            inner = [.. inner, DrawResidual(dice, input, output)];
        return new BlockLayer($"Block{(char)('A' + before.Count)}", inner)
        {
            Repeat = input.IsSame(output) ? dice.Between(1, 3) : 1,
            Name = dice.Chance(40) ? $"stage_{before.Count}_" : null,
            Frozen = dice.Chance(10),
        };
    }

    private static ResidualLayer DrawResidual(Dice dice, MapShape input, MapShape output) => new()
    {
        Form = input.IsSame(output) ? dice.Pick(ShortcutForm.Projection, ShortcutForm.Identity, ShortcutForm.WhereShapesFit)
            : ResidualLayer.Projection(input, output) is null || dice.Chance(30) ? ShortcutForm.WhereShapesFit
            : ShortcutForm.Projection,
    };
}
