namespace Cnn.Build;

/// <summary>What the targets ask for: a file with a line for each option, <c>--option value</c>.</summary>
internal sealed record BuildOptions
{
    /// <summary>The folder of the SDK's compiler.</summary>
    public required string Roslyn { get; init; }

    /// <summary>The project's symbols for conditional compilation.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>The paths of the project's sources.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The paths of the assemblies that the project references.</summary>
    public required IReadOnlyList<string> References { get; init; }

    public required IReadOnlyList<WeightsItem> Items { get; init; }

    /// <exception cref="ArgumentException">An option is not known or is missing; the message is for whoever wrote the project file.</exception>
    public static BuildOptions Read(string[] arguments)
    {
        if (arguments.Length != 1)
            throw new ArgumentException("One argument is needed, the file with the options; Cnn.Weights.targets makes both.");
        ILookup<string, string> values = File.ReadLines(arguments[0])
            .Select(static line => line.Split(' ', 2))
            .Where(static parts => parts.Length == 2)
            .ToLookup(static parts => parts[0], static parts => parts[1], StringComparer.Ordinal);
        WeightsItem[] items = [.. values["--weights"].Select(WeightsItem.Parse)];
        foreach (IGrouping<string, WeightsItem> twice in items.GroupBy(static item => item.Network).Where(static group => group.Count() > 1))
        {
            throw new ArgumentException(
                $"The network {twice.Key} gets {string.Join(" and ", twice.Select(static item => $"'{item.Path}'"))}, but a network has the weights of "
                + "one file: remove the other <CnnWeights>.");
        }

        return new BuildOptions
        {
            Roslyn = values["--roslyn"].FirstOrDefault(""),
            Symbols = [.. values["--define"].SelectMany(
                static symbols => symbols.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
            Sources = [.. values["--source"]],
            References = [.. values["--reference"]],
            Items = items,
        };
    }
}
