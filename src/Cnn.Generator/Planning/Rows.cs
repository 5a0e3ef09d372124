using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Makes step methods that call a runtime kernel on every contiguous run of some tensors of equal shape.</summary>
public static class Rows
{
    /// <summary>A method with a loop over the axes that are not contiguous in all of the tensors.</summary>
    /// <param name="call">The call, with <c>{name}</c> for references, <c>{run}</c> for the floats and <c>{positions}</c> for the positions of a run.</param>
    /// <param name="moving">Operands that move with the loop, with their layouts.</param>
    /// <param name="still">Operands that do not.</param>
    /// <param name="extra">Further parameters.</param>
    /// <param name="divides">Whether workers may divide the outermost axis, where that is worth it.</param>
    public static RowsBody Over(
        string call, IReadOnlyList<(string Name, TensorLayout Layout)> moving, IReadOnlyList<string>? still = null, IReadOnlyList<string>? extra = null, bool divides = false)
    {
        TensorLayout first = moving[0].Layout;
        divides &= first.IsWorthDividing;
        int outer = TensorLayout.OuterAxes([.. moving.Select(static operand => operand.Layout)], divides ? 1 : 0, out int run);
        List<EquatableArray<int>> strides = [.. moving.Select(operand => Enumerable.Range(0, outer).Select(operand.Layout.Stride).ToEquatableArray())];
        List<string> names = [.. moving.Select(static operand => operand.Name)];
        foreach (string name in still ?? [])
        {
            names.Add(name);
            strides.Add([]);
        }

        return new RowsBody
        {
            Names = names.ToEquatableArray(),
            Counts = first.Axes.Take(outer).ToEquatableArray(),
            Strides = strides.ToEquatableArray(),
            Call = call.Replace("{run}", Number(run)).Replace("{positions}", Number(run / first.Pitch)).Replace("{pitch}", Number(first.Pitch)),
            Extra = (extra ?? []).ToEquatableArray(),
            IsDivided = divides,
        };
    }

    /// <summary>As <see cref="Over"/>, for tensors of equal axes and unequal pitch: the call gets the positions of a run and each operand's pitch as it is written.</summary>
    public static RowsBody OverPositions(string call, IReadOnlyList<(string Name, TensorLayout Layout)> operands, bool divides)
    {
        TensorLayout first = operands[0].Layout;
        divides &= first.IsWorthDividing;
        int outer = first.Axes.Length;
        int positions = 1;
        while (outer > (divides ? 1 : 0) && operands.All(operand => operand.Layout.Stride(outer - 1) == operand.Layout.Pitch * positions))
            positions *= first.Axes[--outer];
        return new RowsBody
        {
            Names = operands.Select(static operand => operand.Name).ToEquatableArray(),
            Counts = first.Axes.Take(outer).ToEquatableArray(),
            Strides = operands.Select(operand => Enumerable.Range(0, outer).Select(operand.Layout.Stride).ToEquatableArray()).ToEquatableArray(),
            Call = call.Replace("{positions}", Number(positions)),
            IsDivided = divides,
        };
    }

    /// <summary>A method that calls a runtime kernel once.</summary>
    public static RowsBody Single(string call, IReadOnlyList<string> operands, IReadOnlyList<string>? extra = null) => new()
    {
        Names = operands.ToEquatableArray(),
        Counts = [],
        Strides = operands.Select(static _ => default(EquatableArray<int>)).ToEquatableArray(),
        Call = call,
        Extra = (extra ?? []).ToEquatableArray(),
    };

    public static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
