using Cnn.Generator.Model;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>Legal names for a model's inputs and outputs: <c>input.1</c> becomes <c>input_1</c>. A model of one input and one output needs none.</summary>
internal sealed class PortNaming
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public PortNaming(OnnxModel model)
    {
        if (!PortNames.AreMembers(model.Inputs.Count, model.Outputs.Count))
            return;
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (string port in model.Inputs.Select(static input => input.Name).Concat(model.Outputs))
        {
            // A lone port of a direction that is called by default has no name of its own.
            bool isDefault = (model.Inputs.Count == 1 && port == InputSpec.DefaultPort && model.Inputs[0].Name == port)
                || (model.Outputs.Count == 1 && port == OutputSpec.DefaultPort && model.Outputs[0] == port);
            if (!isDefault && !_names.ContainsKey(port))
                _names.Add(port, Unique(Legal(port), taken));
        }
    }

    /// <summary>The name to write, or null.</summary>
    public string? Of(string port) => _names.GetValueOrDefault(port);

    private static string Legal(string name)
    {
        string letters = string.Concat(name.Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')).Trim('_');
        return letters.Length == 0 ? "port" : letters;
    }

    private static string Unique(string stem, HashSet<string> taken)
    {
        string name = stem;
        for (int number = 1; PortNames.IsRefused(name) || !taken.Add(PortNames.Camel(name)); number++)
            name = $"{stem}_{Literal.Of(number)}";
        return name;
    }
}
