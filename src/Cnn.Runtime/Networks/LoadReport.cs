namespace Cnn;

/// <summary>What a network took of a file, and what it did not.</summary>
public sealed class LoadReport
{
    private readonly List<string> _details;

    internal LoadReport(
        IReadOnlyList<string> loaded, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> mismatched, List<string> details)
    {
        Loaded = loaded;
        Missing = missing;
        Unexpected = unexpected;
        Mismatched = mismatched;
        _details = details;
    }

    /// <summary>The parameters that were taken from the file, by the network's names.</summary>
    public IReadOnlyList<string> Loaded { get; }

    /// <summary>The parameters that the file does not have, and that stay as they were, by the network's names.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>The tensors that the network does not have, by the file's names.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>The parameters that have another shape or type in the file, and that stay as they were, by the network's names.</summary>
    public IReadOnlyList<string> Mismatched { get; }

    /// <summary>The counts, and a line for each tensor that was not taken, with the shapes.</summary>
    public override string ToString()
    {
        string counts = FormattableString.Invariant(
            $"{Loaded.Count} loaded, {Missing.Count} missing, {Unexpected.Count} unexpected, {Mismatched.Count} mismatched");
        return _details.Count == 0 ? counts : $"{counts}\n- {string.Join("\n- ", _details)}";
    }
}
