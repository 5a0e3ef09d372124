using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights.PyTorch;

/// <summary>A name that a pickle calls or refers to. A few stand for one fixed construction; others make objects of which nothing is known.</summary>
internal sealed class PickleGlobal
{
    private readonly string _name;
    private readonly Func<object?[], object?>? _call;
    private readonly TorchType? _type;

    private PickleGlobal(string name, Func<object?[], object?>? call, TorchType? type) => (_name, _call, _type) = (name, call, type);

    private static Dictionary<string, PickleGlobal> Known { get; } = new[]
    {
        new PickleGlobal("collections.OrderedDict", Dictionary, null),
        new PickleGlobal("collections.defaultdict", _ => new PickleDictionary(), null),
        new PickleGlobal("builtins.dict", Dictionary, null),
        new PickleGlobal("__builtin__.dict", Dictionary, null),
        new PickleGlobal("copyreg._reconstructor", Reconstructed, null),
        new PickleGlobal("copy_reg._reconstructor", Reconstructed, null),
        new PickleGlobal("torch._utils._rebuild_tensor", Tensor, null),
        new PickleGlobal("torch._utils._rebuild_tensor_v2", Tensor, null),
        new PickleGlobal("torch._utils._rebuild_parameter", Parameter, null),
        new PickleGlobal("torch._utils._rebuild_parameter_with_state", Parameter, null),
        // A tensor with attributes of its own: function, class, arguments, attributes.
        new PickleGlobal("torch._tensor._rebuild_from_type_v2", arguments => arguments is [PickleGlobal function, _, object?[] inner, ..]
            ? function.Call(inner)
            : throw Fault("makes a tensor of a type without a function and its arguments"), null),
    }.Concat(TorchType.Known.Select(type => new PickleGlobal("torch." + type.Name, null, type))).ToDictionary(known => known._name, StringComparer.Ordinal);

    /// <summary>Whose functions no checkpoint needs, and which a pickle that was made to do harm calls. Here they would not run either.</summary>
    private static HashSet<string> HarmfulModules { get; } = new(StringComparer.Ordinal)
    {
        "os", "posix", "nt", "sys", "subprocess", "commands", "popen2", "pty", "socket", "shutil", "ctypes", "runpy", "importlib", "imp", "pickle", "_pickle",
        "cPickle", "marshal", "code", "codeop", "webbrowser", "builtins", "__builtin__", "operator", "_operator", "platform", "tempfile", "asyncio",
        "multiprocessing", "threading", "signal", "urllib", "http", "requests", "pip", "timeit", "pdb", "bdb", "cProfile", "profile", "trace", "doctest",
    };

    private static HashSet<string> HarmlessBuiltins { get; } = new(StringComparer.Ordinal)
    {
        "object", "set", "frozenset", "list", "tuple", "bytes", "bytearray", "complex", "slice", "range", "int", "long", "float", "bool", "str", "unicode",
    };

    /// <exception cref="ImportException">The name is of what no checkpoint needs, and harmful pickles do.</exception>
    public static PickleGlobal Find(string module, string name)
    {
        string whole = $"{module}.{name}";
        if (Known.TryGetValue(whole, out PickleGlobal? known))
            return known;
        string top = module.Split('.')[0];
        bool isHarmless = top is "builtins" or "__builtin__" && HarmlessBuiltins.Contains(name);
        bool loads = whole is "torch.load" or "torch.jit.load" || module.StartsWith("torch.hub", StringComparison.Ordinal);
        return loads || (HarmfulModules.Contains(top) && !isHarmless)
            ? throw Fault($"refers to '{whole}', which is not run or loaded: it was made to do harm, or is no checkpoint")
            : new PickleGlobal(whole, null, null);
    }

    /// <summary>What the name makes of arguments, without running anything.</summary>
    public object? Call(object?[] arguments) => _call is null ? new PickleObject(_name) : _call(arguments);

    /// <summary>From a persistent id, as <c>('storage', FloatStorage, '0', 'cpu', 100)</c>; of another type, an object of which nothing is known.</summary>
    public static object Storage(object? id) => id switch
    {
        // A sixth item says which part of another storage it is, which nothing has written for years.
        object?[] and ["storage", PickleGlobal { _type: { } type }, string key, _, long and >= 0 and var length, .. var rest] when rest is [] or [null] =>
            new TorchStorage(type, key, length),
        object?[] and ["storage", PickleGlobal { _type: null } type, string, ..] => new PickleObject(type._name),
        // The class of a module, with its source, as it was saved before PyTorch 1.6.
        object?[] and ["module", PickleGlobal type, ..] => type,
        _ => throw Fault("has a persistent id that is no storage"),
    };

    /// <summary>Empty, or from pairs.</summary>
    private static PickleDictionary Dictionary(object?[] arguments)
    {
        PickleDictionary dictionary = new();
        foreach (object? pair in arguments is [List<object?> pairs] ? pairs : [])
        {
            if ((pair as IReadOnlyList<object?>) is not [var key, var value])
                throw Fault("fills an OrderedDict with what is no pair");
            dictionary.Set(key, value);
        }

        return dictionary;
    }

    /// <summary>An object before its attributes are set: class, base class, state of the base class.</summary>
    private static PickleObject Reconstructed(object?[] arguments) => new(arguments is [PickleGlobal type, ..] ? type._name : "object");

    private static object? Parameter(object?[] arguments) => arguments is [TorchTensor or PickleObject, ..]
        ? arguments[0]
        : throw Fault("makes a parameter of what is no tensor");

    /// <summary>Storage, offset, shape, strides; what follows concerns training.</summary>
    private static object Tensor(object?[] arguments) => arguments switch
    {
        [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..] => new TorchTensor(storage, offset, Numbers(shape), Numbers(strides)),
        [PickleObject storage, ..] => new PickleObject(storage.Name),
        _ => throw Fault("makes a tensor of something else than a storage, an offset, a shape and strides"),
    };

    private static long[] Numbers(object?[] values)
    {
        const int MostAxes = 16;
        return values.Length <= MostAxes && values.All(value => value is long)
            ? [.. values.Cast<long>()]
            : throw Fault("has a shape that is no list of integers");
    }

    private static ImportException Fault(string what) => new($"The pickle {what}. Save model.state_dict() with torch.save.");
}
