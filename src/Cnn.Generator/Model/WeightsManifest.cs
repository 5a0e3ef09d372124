using System.Globalization;
using System.Text;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>What is in a weights file, without its numbers. The build writes it, because generators and analyzers read no files of their own.</summary>
/// <remarks>As text a line for each fact: a keyword, and what follows from it, separated by spaces.</remarks>
public sealed record WeightsManifest
{
    private const string FileKey = "file";
    private const string DamageKey = "damage";
    private const string TensorKey = "tensor";

    /// <summary>The shape of a single number, which has no axes.</summary>
    private const string Scalar = "scalar";

    /// <summary>The file, for messages.</summary>
    public required string File { get; init; }

    /// <summary>Why the file cannot be used, and what to do; empty for a file that can be.</summary>
    public string Damage { get; init; } = "";

    public EquatableArray<WeightsTensor> Tensors { get; init; }

    /// <summary>Reads the text. A line that is not understood is passed over.</summary>
    public static WeightsManifest Parse(string text)
    {
        WeightsManifest manifest = new() { File = "" };
        List<WeightsTensor> tensors = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (string line in text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split([' '], 2);
            string value = parts.Length < 2 ? "" : parts[1];
            switch (parts[0])
            {
                case FileKey:
                    manifest = manifest with { File = value };
                    break;
                case DamageKey:
                    manifest = manifest with { Damage = value };
                    break;
                case TensorKey when ParseTensor(value) is { } tensor && names.Add(tensor.Name):
                    tensors.Add(tensor);
                    break;
            }
        }

        return manifest with { Tensors = tensors.ToEquatableArray() };
    }

    public override string ToString()
    {
        StringBuilder text = new();
        Append(text, FileKey, OneLine(File));
        if (Damage.Length > 0)
            Append(text, DamageKey, OneLine(Damage));
        foreach (WeightsTensor tensor in Tensors)
        {
            string shape = tensor.Shape.Length == 0
                ? Scalar
                : string.Join("x", tensor.Shape.Select(static axis => axis.ToString(CultureInfo.InvariantCulture)));
            string flaw = tensor.Flaw == WeightsFlaw.None ? "" : $" {tensor.Flaw} {OneLine(tensor.Details)}";
            Append(text, TensorKey, $"{Word(tensor.Name)} {Word(tensor.Type)} {shape}{flaw}");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string key, string value) => text.Append(key).Append(' ').Append(value).Append('\n');

    private static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ');

    /// <summary>Without spaces and line ends, which no parameter's name has: as their numbers.</summary>
    private static string Word(string name)
    {
        StringBuilder word = new();
        foreach (char letter in name)
        {
            if (char.IsWhiteSpace(letter) || char.IsControl(letter))
                word.Append("\\u").Append(((int)letter).ToString("X4", CultureInfo.InvariantCulture));
            else
                word.Append(letter);
        }

        return word.Length == 0 ? "\\u0000" : word.ToString();
    }

    private static WeightsTensor? ParseTensor(string text)
    {
        string[] parts = text.Split([' '], 5);
        if (parts.Length < 3)
            return null;
        List<long> shape = [];
        foreach (string axis in parts[2] == Scalar ? [] : parts[2].Split('x'))
        {
            if (!long.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
                return null;
            shape.Add(length);
        }

        WeightsFlaw flaw = WeightsFlaw.None;
        if (parts.Length > 3 && !Enum.TryParse(parts[3], out flaw))
            return null;
        return new WeightsTensor(parts[0], parts[1], shape.ToEquatableArray(), flaw, parts.Length > 4 ? parts[4] : "");
    }
}

/// <summary>A tensor of a weights file.</summary>
/// <param name="Name">As <c>conv1.weight</c>.</param>
/// <param name="Type">As safetensors spells it: F32.</param>
/// <param name="Shape">Axes, outermost first; empty for a single number.</param>
/// <param name="Flaw">What keeps it from being used, whatever the network.</param>
/// <param name="Details">What was found, for messages: how many values are not finite, or how many bytes there are.</param>
public sealed record WeightsTensor(string Name, string Type, EquatableArray<long> Shape, WeightsFlaw Flaw = WeightsFlaw.None, string Details = "");

/// <summary>What keeps a tensor from being used, whatever the network.</summary>
public enum WeightsFlaw
{
    None,

    /// <summary>Its elements are no real numbers.</summary>
    Type,

    /// <summary>It has infinities, or values that are not numbers.</summary>
    NotFinite,

    /// <summary>The file ends inside or before it.</summary>
    CutOff,
}
