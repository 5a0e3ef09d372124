namespace Cnn.Generator.Planning;

/// <summary>Names of generated things.</summary>
public static class Names
{
    /// <summary>
    /// <c>conv1</c> becomes <c>Conv1</c>, <c>stage1.conv1</c> becomes <c>Stage1Conv1</c>, <c>b_1x1</c> becomes <c>B_1x1</c>, <c>1x1</c> becomes
    /// <c>_1x1</c>.
    /// </summary>
    public static string Pascal(string name) => string.Concat(name.Split('.').Select(PascalPart));

    /// <summary>A local for a layer or parameter: <c>conv1.running_mean</c> becomes <c>conv1RunningMean</c>.</summary>
    public static string Local(string name)
    {
        string[] parts = name.Split('.');
        string stem = Pascal(parts[0]);
        stem = char.ToLowerInvariant(stem[0]) + stem.Substring(1);
        return stem + string.Concat(parts.Skip(1).SelectMany(static part => part.Split('_')).Select(Pascal));
    }

    private static string PascalPart(string name)
    {
        if (name.Length == 0)
            return "_";
        return char.IsDigit(name[0]) || name[0] == '_' ? "_" + name : char.ToUpperInvariant(name[0]) + name.Substring(1);
    }
}
