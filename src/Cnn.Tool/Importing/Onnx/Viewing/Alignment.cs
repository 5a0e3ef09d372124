namespace Cnn.Tool.Importing.Onnx.Viewing;

/// <summary>
/// Several values that an operator reads together, put into one arrangement: whatever each has been viewed as, their layers get axes that mean the same, with
/// as little moved as possible. Axes of length 1 are broadcast.
/// </summary>
internal sealed class Alignment
{
    private readonly AxisView[] _views;
    private readonly FeatureValue[] _values;
    private readonly int _joined;

    /// <summary>For each axis of the model, the lengths of the factors that all values have there.</summary>
    private readonly IReadOnlyList<int>[] _lengths;

    private Alignment(FeatureValue[] values, AxisView[] views, int joined, IReadOnlyList<int>[] lengths)
    {
        _values = values;
        _views = views;
        _joined = joined;
        _lengths = lengths;
    }

    /// <summary>A factor of an axis of the model, whichever value it is of.</summary>
    private readonly record struct Symbol(int Axis, int Index);

    /// <param name="given">The values; missing axes are put in front.</param>
    /// <param name="joined">The model's axis along which they are joined and may have different lengths; -1 for none.</param>
    /// <returns>A layer for each value, and the view of what an operator makes of them; where they are joined, the place of that axis among the
    /// layers'.</returns>
    public static (Layer[] Layers, AxisView View, int JoinedAxis) Of(IReadOnlyList<FeatureValue> given, int joined = -1)
    {
        int rank = given.Max(static value => value.Axes.Length);
        FeatureValue[] values = [.. given.Select(value => value.Axes.Length == rank
            ? value
            : Views.Reshaped(value, [.. Enumerable.Repeat(1, rank - value.Axes.Length), .. value.Axes], value.Viewer ?? value.Layer.Source))];
        if (joined >= 0)
            values = [.. values.Select(value => value.View.Model[joined].Any(value.View.IsRepetition) ? Views.Spread(value) : value)];
        return (Try(values, joined) ?? Try([.. values.Select(InOrder)], joined)
            ?? throw new NotExpressibleException("what it reads has been reshaped so that no common arrangement is left")).Arranged();
    }

    /// <summary>With every axis of the model whole.</summary>
    private static FeatureValue InOrder(FeatureValue value) => Views.WithWhole(value, [.. Enumerable.Range(0, value.Axes.Length)
        .Where(axis => value.View.Model[axis].Length > 0 && !value.View.Model[axis].Any(value.View.IsBatch)).TakeLast(Rearrangement.MostAxes)]);

    private static Alignment? Try(FeatureValue[] values, int joined)
    {
        AxisView[] views = [.. values.Select(static value => value.View)];
        IReadOnlyList<int>[] lengths = new IReadOnlyList<int>[views[0].Axes.Length];
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            lengths[axis] = [];
            if (axis == joined)
                continue;
            if (Common(views, axis) is not { } common)
                return null;
            lengths[axis] = common;
            for (int index = 0; index < views.Length; index++)
            {
                if (views[index].Axes[axis] == 1)
                    continue;
                if (views[index].Refined(axis, common) is not { } refined)
                    return null;
                views[index] = refined;
            }
        }

        return new Alignment(values, views, joined, lengths);
    }

    /// <summary>The coarsest factors of which those of all values are made; null where they overlap.</summary>
    private static List<int>? Common(AxisView[] views, int axis)
    {
        SortedSet<int> places = [1];
        foreach (AxisView view in views.Where(view => view.Axes[axis] > 1))
        {
            int inner = 1;
            foreach (AxisFactor factor in view.Model[axis].Reverse())
                places.Add(inner *= factor.Length);
        }

        int[] ordered = [.. places];
        List<int> lengths = [];
        for (int index = ordered.Length - 1; index > 0; index--)
        {
            if (ordered[index] % ordered[index - 1] != 0)
                return null;
            lengths.Add(ordered[index] / ordered[index - 1]);
        }

        return lengths;
    }

    private (Layer[] Layers, AxisView View, int JoinedAxis) Arranged()
    {
        List<List<Symbol>>? best = null;
        double least = double.PositiveInfinity;
        foreach (List<List<Symbol>> candidate in Candidates().Where(static candidate => candidate.Count is > 0 and <= Rearrangement.MostAxes))
        {
            double cost = 0;
            for (int index = 0; index < _values.Length && cost < least; index++)
                cost += Cost(index, candidate);
            if (cost < least)
                (best, least) = (candidate, cost);
        }

        if (best is null)
            throw new NotExpressibleException($"it joins {string.Join(" and ", _values.Select(static value => Tensor.Text(value.Axes)))} in more axes than "
                + $"a layer has");
        Layer[] layers = [.. _values.Select((_, index) => Layer(index, best))];
        return (layers, View(best), _joined < 0 ? -1 : best.FindIndex(axis => axis.Contains(new Symbol(_joined, 0))));
    }

    /// <summary>Arrangements in which the values could meet: those that one of them has, and the model's axes in order, or the last of them first.</summary>
    private IEnumerable<List<List<Symbol>>> Candidates()
    {
        HashSet<Symbol> all = [.. Enumerable.Range(0, _lengths.Length).SelectMany(Symbols)];
        all.ExceptWith(BatchSymbols());
        all.RemoveWhere(symbol => symbol.Axis != _joined && !IsReal(symbol));
        for (int index = 0; index < _values.Length; index++)
        {
            if (Own(index) is { } own && all.SetEquals(own.SelectMany(static axis => axis)))
                yield return own;
        }

        List<List<Symbol>> natural = [.. Enumerable.Range(0, _lengths.Length)
            .Select(axis => Symbols(axis).Where(all.Contains).ToList()).Where(static axis => axis.Count > 0)];
        yield return Joined(natural);
        if (natural.Count > 1)
            yield return Joined([natural[^1], .. natural[..^1]]);
    }

    /// <summary>Neighbours become one axis, the outer ones first, except for the one along which the values are joined.</summary>
    private List<List<Symbol>> Joined(List<List<Symbol>> axes)
    {
        List<List<Symbol>> joined = [.. axes];
        for (int index = 0; joined.Count > Rearrangement.MostAxes && index + 1 < joined.Count;)
        {
            if (joined[index][0].Axis == _joined || joined[index + 1][0].Axis == _joined)
            {
                index++;
                continue;
            }

            joined[index] = [.. joined[index], .. joined[index + 1]];
            joined.RemoveAt(index + 1);
        }

        return joined.Count == 0 ? [[]] : joined;
    }

    private IEnumerable<Symbol> Symbols(int axis) => axis == _joined
        ? [new Symbol(axis, 0)]
        : Enumerable.Range(0, _lengths[axis].Count).Select(index => new Symbol(axis, index));

    private HashSet<Symbol> BatchSymbols()
    {
        HashSet<Symbol> batch = [];
        for (int index = 0; index < _values.Length; index++)
            batch.UnionWith(Enumerable.Range(0, _lengths.Length).SelectMany(Symbols)
                .Where(symbol => Factor(index, symbol) is { } factor && _views[index].IsBatch(factor)));
        return batch;
    }

    /// <summary>Whether some layer has elements of their own along it.</summary>
    private bool IsReal(Symbol symbol) =>
        Enumerable.Range(0, _values.Length).Any(index => Factor(index, symbol) is { } factor && !_views[index].IsRepetition(factor));

    /// <summary>The factor that a value has for a symbol; null where the value is broadcast along it, and for the axis along which values are joined.</summary>
    private AxisFactor? Factor(int index, Symbol symbol)
    {
        AxisFactor[] axis = _views[index].Model[symbol.Axis];
        return symbol.Axis == _joined || axis.Length == 0 ? null : axis[symbol.Index];
    }

    /// <summary>The arrangement of a value's own layer, or null where that says too little.</summary>
    private List<List<Symbol>>? Own(int index)
    {
        AxisView view = _views[index];
        Dictionary<AxisFactor, Symbol> symbols = [];
        foreach (Symbol symbol in Enumerable.Range(0, _lengths.Length).SelectMany(Symbols))
        {
            if (Factor(index, symbol) is { } factor)
                symbols[factor] = symbol;
        }

        List<List<Symbol>> own = [];
        bool hasJoined = _joined < 0;
        AxisFactor[] joined = _joined < 0 ? [] : view.Model[_joined];
        foreach (AxisFactor[] axis in view.Layer.Skip(1))
        {
            if (_joined >= 0 && joined.Length > 0 && axis.SequenceEqual(joined))
            {
                own.Add([new Symbol(_joined, 0)]);
                hasJoined = true;
            }
            else if (axis.All(symbols.ContainsKey))
            {
                own.Add([.. axis.Select(factor => symbols[factor])]);
            }
            else
            {
                return null;
            }
        }

        if (hasJoined)
            return own;
        int natural = _joined - 1;
        int place = own.Count == _lengths.Length - 1 && own[natural].Count == 0 ? natural : own.FindIndex(static axis => axis.Count == 0);
        if (joined.Length > 0 || (place < 0 && own.Count == Rearrangement.MostAxes))
            return null;
        if (place >= 0)
            own[place] = [new Symbol(_joined, 0)];
        else
            own.Insert(0, [new Symbol(_joined, 0)]);
        return own;
    }

    /// <summary>A value's factors in an arrangement; null where it is broadcast along a part of an axis.</summary>
    private List<AxisFactor[]>? Target(int index, List<List<Symbol>> arrangement)
    {
        List<AxisFactor[]> target = [];
        foreach (List<Symbol> axis in arrangement)
        {
            if (axis.Count == 1 && axis[0].Axis == _joined)
            {
                target.Add(_views[index].Model[_joined]);
                continue;
            }

            AxisFactor[] factors = [.. axis.Select(symbol => Factor(index, symbol)).OfType<AxisFactor>().Where(factor => !_views[index].IsRepetition(factor))];
            if (factors.Length > 0 && factors.Length < axis.Count)
                return null;
            target.Add(factors);
        }

        return target;
    }

    private double Cost(int index, List<List<Symbol>> arrangement) => Target(index, arrangement) is { } target
        ? Rearrangement.Cost([.. _views[index].Layer.Skip(1)], target)
        : double.PositiveInfinity;

    private Layer Layer(int index, List<List<Symbol>> arrangement)
    {
        FeatureValue value = _values[index];
        List<AxisFactor[]> target = Target(index, arrangement)!;
        int needed = _views[index].Layer.Skip(1).Sum(static axis => axis.Length);
        if (target.Sum(static axis => axis.Length) != needed)
            throw new NotExpressibleException($"what it reads has been put into {Tensor.Text(value.Axes)}, in which the batch is not an axis alone");
        return Rearrangement.Of(value.Layer, [.. _views[index].Layer.Skip(1)], target, value.Viewer ?? value.Layer.Source);
    }

    /// <summary>The view of a result in an arrangement.</summary>
    private AxisView View(List<List<Symbol>> arrangement)
    {
        Dictionary<Symbol, AxisFactor> made = [];
        AxisFactor[] joined = _joined < 0 ? [] : AxisView.Whole(_views.Sum(view => view.Axes[_joined]));
        List<AxisFactor[]> model = [];
        for (int axis = 0; axis < _lengths.Length; axis++)
        {
            foreach (Symbol symbol in Symbols(axis).Where(symbol => symbol.Axis != _joined))
                made[symbol] = new AxisFactor(_lengths[axis][symbol.Index]);
            model.Add(axis == _joined ? joined : [.. Symbols(axis).Select(symbol => made[symbol])]);
        }

        AxisFactor[] batch = [.. BatchSymbols().Select(symbol => made[symbol])];
        return AxisView.Of(model, [batch, .. arrangement.Select(axis => axis.Count == 1 && axis[0].Axis == _joined
            ? joined
            : axis.Where(IsReal).Select(symbol => made[symbol]).ToArray())]);
    }
}
