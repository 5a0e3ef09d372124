using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Collects methods; equal bodies become one.</summary>
public sealed class MethodLibrary
{
    private readonly Dictionary<StepBody, string> _byBody = [];
    private readonly List<StepMethod> _methods = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public EquatableArray<StepMethod> Methods => _methods.ToEquatableArray();

    /// <summary>Adds a method, or finds the equal one that is there.</summary>
    /// <param name="name">What it is called, unless another one is called so.</param>
    /// <param name="variant">What it is called in addition then.</param>
    /// <param name="formula">Its formula.</param>
    /// <param name="body">What it does.</param>
    public string Add(string name, string variant, string formula, StepBody body)
    {
        if (_byBody.TryGetValue(body, out string? existing))
            return existing;
        string unique = _names.Contains(name) ? name + variant : name;
        for (int number = 2; !_names.Add(unique); number++)
            unique = name + variant + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _byBody.Add(body, unique);
        _methods.Add(new StepMethod { Name = unique, Formula = formula, Body = body });
        return unique;
    }
}
