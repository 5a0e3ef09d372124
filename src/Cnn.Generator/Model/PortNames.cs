namespace Cnn.Generator.Model;

/// <summary>What the name of a port becomes in C#.</summary>
public static class PortNames
{
    private static readonly HashSet<string> OfRecords = new(
        ["Clone", "Each", "EqualityContract", "Equals", "Finalize", "GetHashCode", "GetType", "Losses", "MemberwiseClone", "PrintMembers",
            "ReferenceEquals", "ToString"],
        StringComparer.Ordinal);

    /// <summary><c>left_eye</c> becomes <c>LeftEye</c>; what begins with a digit gets an underscore before it.</summary>
    public static string Pascal(string name)
    {
        string joined = string.Concat(name.Split('_').Where(static part => part.Length > 0)
            .Select(static part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
        return joined.Length == 0 || char.IsDigit(joined[0]) ? "_" + joined : joined;
    }

    /// <summary>Whether members of a network are called after its ports: where it has several inputs or outputs.</summary>
    /// <param name="inputs">How many inputs are declared.</param>
    /// <param name="outputs">How many outputs are declared; without any, the last layer's tensor is one.</param>
    public static bool AreMembers(int inputs, int outputs) => inputs + Math.Max(outputs, 1) > 2;

    /// <summary>Whether a name cannot be a port's where there are several, whatever else is declared.</summary>
    public static bool IsRefused(string name) =>
        name is InputSpec.DefaultPort or OutputSpec.DefaultPort || Keywords.IsKeyword(Camel(name)) || IsOfRecords(Pascal(name));

    /// <summary>Whether a record has a member of that name, or is the record of the losses itself, so that no property of it can be called so.</summary>
    public static bool IsOfRecords(string pascal) => OfRecords.Contains(pascal);

    /// <summary><c>left_eye</c> becomes <c>leftEye</c>.</summary>
    public static string Camel(string name)
    {
        string pascal = Pascal(name);
        return char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
    }
}
