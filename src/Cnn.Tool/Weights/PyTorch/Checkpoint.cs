using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights.PyTorch;

/// <summary>The state dict in what was saved: the thing itself, or an entry of a checkpoint, beside an optimiser's state, options and counters.</summary>
internal sealed class Checkpoint
{
    private const int MostNesting = 32;
    private const int MostParts = 500_000;

    /// <summary>As what trainers save the state dict (PyTorch's examples, Lightning, timm, MMEngine), the usual ones first.</summary>
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model_state", "model", "module", "net", "network"];

    /// <summary>What wrappers for several devices, and the compiler, put before each name.</summary>
    private static readonly string[] Prefixes = ["module.", "_orig_mod."];

    /// <summary>The path of what was saved itself.</summary>
    private const string Here = ".";

    private readonly List<Found> _found = [];
    private int _parts;

    private Checkpoint()
    {
    }

    /// <summary>The tensors of the state dict, with their names.</summary>
    /// <param name="root">What was saved.</param>
    /// <param name="entry">Where the state dict is, as <c>ema.model</c>, or <c>.</c>; null: where it is usual, or the only place.</param>
    /// <exception cref="ImportException">There is none, or more than one and no entry.</exception>
    public static IEnumerable<(string Name, TorchTensor Tensor)> Tensors(object? root, string? entry)
    {
        Checkpoint checkpoint = new();
        checkpoint.Search(root, Here, 0);
        return Unprefixed(checkpoint.Choose(root, entry).Tensors);
    }

    private Found Choose(object? root, string? entry)
    {
        if (_found.Count == 0)
        {
            string what = root switch
            {
                PickleObject unknown => $"an object of {unknown.Name} without parameters",
                PickleDictionary => "a dictionary without a tensor in it",
                _ => "no dictionary",
            };
            throw new ImportException($"The file holds no state dict, but {what}: save model.state_dict() with torch.save.");
        }

        if (entry is not null)
        {
            return _found.Find(place => place.Path == entry)
                ?? throw new ImportException($"The checkpoint has no tensors at '{entry}'; it has some at {Listed()}.");
        }

        Found[] usual = [.. Usual()];
        return usual.Length == 1
            ? usual[0]
            : throw new ImportException($"The checkpoint has tensors at {Listed()}; say which by --entry, as --entry {usual[0].Path}.");
    }

    /// <summary>Goes into the first wrapper that is there, as often as there is one; then into whatever is there.</summary>
    private IEnumerable<Found> Usual()
    {
        string path = Here;
        while (Wrappers.Select(wrapper => Joined(path, wrapper)).FirstOrDefault(inner => _found.Exists(place => IsIn(place, inner))) is { } next)
            path = next;
        return _found.Find(place => place.Path == path) is { } exact && path != Here ? [exact] : _found.Where(place => IsIn(place, path));
    }

    /// <summary>Every dictionary that has tensors, and every module.</summary>
    private void Search(object? value, string path, int depth)
    {
        if (value is PickleObject { State: { } state } && state.TryGet("_parameters") is not null)
        {
            List<(string, TorchTensor)> parameters = [];
            Parameters(state, "", depth, parameters);
            Add(path, parameters);
            return;
        }

        List<(string, TorchTensor)> tensors = [];
        foreach ((string name, object? inner) in Items(value))
        {
            Count(depth);
            if (inner is TorchTensor tensor)
                tensors.Add((name, tensor));
            else if (inner is PickleDictionary or PickleObject)
                Search(inner, Joined(path, name), depth + 1);
        }

        Add(path, tensors);
    }

    /// <summary>What <c>state_dict()</c> of a module would have: its parameters and buffers, then those of the modules in it.</summary>
    private void Parameters(PickleDictionary module, string prefix, int depth, List<(string, TorchTensor)> found)
    {
        foreach ((string name, object? value) in Items(module.TryGet("_parameters")).Concat(Items(module.TryGet("_buffers"))))
        {
            Count(depth);
            if (value is TorchTensor tensor)
                found.Add((prefix + name, tensor));
        }

        foreach ((string name, object? inner) in Items(module.TryGet("_modules")))
        {
            Count(depth);
            if (inner is PickleObject { State: { } state })
                Parameters(state, prefix + name + ".", depth + 1, found);
        }
    }

    /// <summary>A few single numbers are a loss or a score, and no state dict.</summary>
    private void Add(string path, List<(string Name, TorchTensor Tensor)> tensors)
    {
        if (tensors.Exists(tensor => tensor.Tensor.Shape.Length > 0))
            _found.Add(new Found(path, tensors));
    }

    /// <summary>Objects of a pickle may contain themselves, and each other many times over.</summary>
    private void Count(int depth)
    {
        if (depth >= MostNesting || ++_parts > MostParts)
            throw new ImportException($"What was saved is nested more than {MostNesting} times, or has more than {MostParts:N0} parts.");
    }

    private static IEnumerable<(string Name, object? Value)> Items(object? value) => (value as PickleDictionary ?? (value as PickleObject)?.Items)?.Items ?? [];

    /// <summary>The names without what stands before every one of them because of how the model was run.</summary>
    private static IEnumerable<(string Name, TorchTensor Tensor)> Unprefixed(IReadOnlyList<(string Name, TorchTensor Tensor)> tensors)
    {
        while (Prefixes.FirstOrDefault(prefix => tensors.All(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))) is { } prefix)
            tensors = [.. tensors.Select(tensor => (tensor.Name[prefix.Length..], tensor.Tensor))];
        return tensors;
    }

    private static string Joined(string path, string name) => path == Here ? name : path + "." + name;

    private static bool IsIn(Found place, string path) =>
        path == Here || place.Path == path || place.Path.StartsWith(path + ".", StringComparison.Ordinal);

    private string Listed()
    {
        const int MostListed = 20;
        string more = _found.Count > MostListed ? ", ..." : "";
        return string.Join(", ", _found.Take(MostListed).Select(place => $"'{place.Path}' ({place.Tensors.Count})")) + more;
    }

    /// <param name="Path">Names of entries, with points between them.</param>
    /// <param name="Tensors">With their names there.</param>
    private sealed record Found(string Path, IReadOnlyList<(string Name, TorchTensor Tensor)> Tensors);
}
