using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights.PyTorch;

/// <summary>A name that a pickle may call or refer to; each stands for one fixed construction.</summary>
internal sealed class PickleGlobal
{
    private readonly string _name;
    private readonly Func<object?[], object>? _call;
    private readonly TorchType? _type;

    private PickleGlobal(string name, Func<object?[], object>? call, TorchType? type) => (_name, _call, _type) = (name, call, type);

    private static Dictionary<string, PickleGlobal> Known { get; } = new[]
    {
        new PickleGlobal("collections.OrderedDict", arguments => arguments.Length == 0
            ? new PickleDictionary()
            : throw Fault("fills an OrderedDict by its constructor"), null),
        new PickleGlobal("torch._utils._rebuild_tensor_v2", Tensor, null),
        new PickleGlobal("torch._utils._rebuild_parameter", arguments => arguments is [TorchTensor tensor, ..]
            ? tensor
            : throw Fault("makes a parameter of what is no tensor"), null),
    }.Concat(TorchType.Known.Select(type => new PickleGlobal("torch." + type.Name, null, type))).ToDictionary(known => known._name, StringComparer.Ordinal);

    /// <exception cref="ImportException">The name is none of those that a state dict needs.</exception>
    public static PickleGlobal Find(string module, string name) => Known.TryGetValue($"{module}.{name}", out PickleGlobal? known)
        ? known
        : throw Fault($"refers to '{module}.{name}', which is not run or loaded: only tensors, parameters and dictionaries are read");

    public object Call(object?[] arguments) => _call is null ? throw Fault($"calls '{_name}', which is no function here") : _call(arguments);

    /// <summary>From a persistent id, as <c>('storage', FloatStorage, '0', 'cpu', 100)</c>.</summary>
    public static TorchStorage Storage(object? id) =>
        id is object?[] and ["storage", PickleGlobal { _type: { } type }, string key, _, long length] && length >= 0
            ? new TorchStorage(type, key, length)
            : throw Fault("has a persistent id that is no storage");

    /// <summary>Storage, offset, shape, strides; what follows concerns training.</summary>
    private static TorchTensor Tensor(object?[] arguments) => arguments is [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]
        ? new TorchTensor(storage, offset, Numbers(shape), Numbers(strides))
        : throw Fault("makes a tensor of something else than a storage, an offset, a shape and strides");

    private static long[] Numbers(object?[] values)
    {
        const int MostAxes = 16;
        return values.Length <= MostAxes && values.All(value => value is long)
            ? [.. values.Cast<long>()]
            : throw Fault("has a shape that is no list of integers");
    }

    private static ImportException Fault(string what) => new($"The pickle {what}. Save model.state_dict() with torch.save.");
}
