namespace Cnn.Tool.Weights.PyTorch;

/// <summary>A dict or OrderedDict of a pickle, in its order.</summary>
internal sealed class PickleDictionary
{
    private readonly OrderedDictionary<string, object?> _byName = new(StringComparer.Ordinal);
    private int _others;

    public IEnumerable<(string? Name, object? Value)> Items =>
        _byName.Select(item => ((string?)item.Key, item.Value)).Concat(Enumerable.Repeat<(string?, object?)>((null, null), Math.Min(1, _others)));

    public object? TryGet(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Keys that are no text are only counted: no tensor has one.</summary>
    public void Set(object? key, object? value)
    {
        if (key is string name)
            _byName[name] = value;
        else
            _others++;
    }
}
