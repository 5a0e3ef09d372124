using System.CommandLine;
using System.CommandLine.Parsing;

namespace Cnn.Tool.Commands;

/// <summary>--storage: weights in how many bits.</summary>
internal static class StorageOption
{
    public static Option<WeightStorage> Create(string description) =>
        new("--storage") { Description = $"{description}: {WeightStorageNames.All}.", CustomParser = Parse };

    private static WeightStorage Parse(ArgumentResult result)
    {
        string name = result.Tokens[0].Value;
        if (!WeightStorageNames.TryParse(name, out WeightStorage storage))
            result.AddError($"--storage is '{name}', and {WeightStorageNames.All} are known.");
        return storage;
    }
}
