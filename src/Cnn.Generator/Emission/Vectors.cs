using Cnn.Generator.Planning;

namespace Cnn.Generator.Emission;

/// <summary>How a vector of so many lanes is written in C#.</summary>
internal static class Vectors
{
    public static string Type(int lanes) => lanes == 1 ? "float" : $"Vector{Number(lanes * 32)}<float>";

    public static string Zero(int lanes) => lanes == 1 ? "0f" : $"{Type(lanes)}.Zero";

    public static string Load(int lanes, string reference) => lanes == 1 ? reference : $"Vector{Number(lanes * 32)}.LoadUnsafe(ref {reference})";

    public static string Broadcast(int lanes, string value) => lanes == 1 ? value : $"Vector{Number(lanes * 32)}.Create({value})";

    public static string MultiplyAdd(int lanes, string a, string b, string c) =>
        lanes == 1 ? $"float.MultiplyAddEstimate({a}, {b}, {c})" : $"Vector{Number(lanes * 32)}.MultiplyAddEstimate({a}, {b}, {c})";

    public static string Store(int lanes, string value, string reference) => lanes == 1 ? $"{reference} = {value};" : $"{value}.StoreUnsafe(ref {reference});";

    /// <summary>A reference that lies so many floats further.</summary>
    public static string Offset(string reference, int offset) => offset == 0 ? reference : $"Unsafe.Add(ref {reference}, {Number(offset)})";

    /// <summary>
    /// The activation of an accumulator. The limit stands first: on x86 that order lets a NaN through instead of hiding it.
    /// </summary>
    public static string Activate(Epilogue epilogue, int lanes, string value)
    {
        string prefix = lanes == 1 ? "float" : $"Vector{Number(lanes * 32)}";
        string Limit(float limit) => Broadcast(lanes, Activations.Literal(limit));
        return epilogue.Kind switch
        {
            EpilogueKind.ReLU => $"{prefix}.MaxNative({Zero(lanes)}, {value})",
            EpilogueKind.LeakyReLU => $"{prefix}.MaxNative({value} * {Activations.Literal(epilogue.First)}, {value})",
            EpilogueKind.Clip => $"{prefix}.MinNative({Limit(epilogue.Second)}, {prefix}.MaxNative({Limit(epilogue.First)}, {value}))",
            _ => value,
        };
    }

    public static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
