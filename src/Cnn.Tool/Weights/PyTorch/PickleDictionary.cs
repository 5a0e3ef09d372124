namespace Cnn.Tool.Weights.PyTorch;

/// <summary>A dict or OrderedDict of a pickle, in its order.</summary>
internal sealed class PickleDictionary
{
    private readonly OrderedDictionary<string, object?> _byName = new(StringComparer.Ordinal);

    /// <summary>What has a text as its key.</summary>
    public IEnumerable<(string Name, object? Value)> Items => _byName.Select(item => (item.Key, item.Value));

    public object? TryGet(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Other keys than texts are left out: no tensor of a state dict has one.</summary>
    public void Set(object? key, object? value)
    {
        if (key is string name)
            _byName[name] = value;
    }
}
