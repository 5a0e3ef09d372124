namespace Cnn;

/// <summary>In what the weights of convolutions and linear layers are stored; kernels always compute with floats.</summary>
public enum WeightStorage
{
    /// <summary>As they are.</summary>
    Float32,

    /// <summary>The upper half of a float's bits, rounded: half the size, 8 significant bits.</summary>
    BFloat16,

    /// <summary>A whole number from -127 to 127 for each weight, and a factor for each output channel: a quarter of the size.</summary>
    Int8,
}

/// <summary>The names by which project files and commands call storages.</summary>
internal static class WeightStorageNames
{
    public const string All = "float32, bfloat16 and int8";

    /// <summary>The storage of a name.</summary>
    /// <returns>False for another name.</returns>
    public static bool TryParse(string name, out WeightStorage storage)
    {
        storage = name switch
        {
            "bfloat16" => WeightStorage.BFloat16,
            "int8" => WeightStorage.Int8,
            _ => WeightStorage.Float32,
        };
        return storage != WeightStorage.Float32 || name == "float32";
    }
}
