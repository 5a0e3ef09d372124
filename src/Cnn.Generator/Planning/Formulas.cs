using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Pieces of the formulas and calls that nodes write.</summary>
internal static class Formulas
{
    /// <summary>As <c>28, 28, 20</c>: the axes, then the channels.</summary>
    public static string Dimensions(TensorShape shape) => Dimensions(shape.Axes.Concat([shape.Channels]).ToEquatableArray());

    public static string Dimensions(EquatableArray<int> axes) => string.Join(", ", axes.Select(Rows.Number));

    /// <summary>What a layer computes, inside the activation that it does along the way.</summary>
    public static string ActivationOf(WeightNode node, string inner) => node.Fused is null ? inner : $"{Activations.Formula(node.Fused)}({inner})";

    /// <summary>Brings one image from planar into channels-last order.</summary>
    /// <param name="layout">Where it goes.</param>
    /// <param name="divides">Whether workers may divide its rows, where that is worth it.</param>
    public static RowsBody PlanarToChannelsLast(TensorLayout layout, bool divides = false)
    {
        divides &= layout.IsWorthDividing;
        string call = $"{Packing("PlanarToChannelsLast", layout)}, {(divides ? "part, parts" : "0, 1")});";
        return Rows.Single(call, ["source", "destination"]) with { IsDivided = divides };
    }

    /// <summary>Brings one image from channels-last into planar order.</summary>
    public static RowsBody ChannelsLastToPlanar(TensorLayout layout) => Rows.Single($"{Packing("ChannelsLastToPlanar", layout)});", ["source", "destination"]);

    private static string Packing(string method, TensorLayout layout)
    {
        int rank = layout.Axes.Length;
        int row = rank == 0 ? 1 : layout.Axes[rank - 1];
        int rows = layout.Positions / row;
        int rowStride = rank >= 2 ? layout.Stride(rank - 2) : row * layout.Pitch;
        return $"_run::Packing.{method}(ref {{source}}, ref {{destination}}, {Rows.Number(layout.Channels)}, {Rows.Number(row)}, {Rows.Number(rows)}, {Rows.Number(layout.Pitch)}, {Rows.Number(rowStride)}";
    }
}
