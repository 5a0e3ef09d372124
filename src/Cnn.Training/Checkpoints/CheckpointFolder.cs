using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Cnn.Training;

/// <summary>The checkpoints of one training: the latest ones and the best.</summary>
/// <remarks>
/// Files are replaced as a whole or not at all, and an old one is deleted only after a newer one is on the disk: whenever the process is killed, the
/// newest file is whole.
/// </remarks>
internal sealed class CheckpointFolder
{
    private const string Prefix = "checkpoint-";
    private const string Suffix = ".safetensors";

    private readonly CheckpointOptions _options;
    private readonly INetwork _network;
    private readonly TrainingIdentity _identity;
    private readonly RankTeam _team;

    public CheckpointFolder(CheckpointOptions options, INetwork network, TrainingIdentity identity, RankTeam team)
    {
        _team = team;
        _options = options;
        _network = network;
        _identity = identity;
        if (team.IsFirst)
            Directory.CreateDirectory(options.Folder);
    }

    public string BestPath => Path.Combine(_options.Folder, "best" + Suffix);

    public bool IsDue(long updates) => _options.EverySteps > 0 && updates % _options.EverySteps == 0;

    /// <summary>Goes on from the latest checkpoint, if there is one.</summary>
    /// <exception cref="WeightsException">It is damaged, or of another training.</exception>
    public bool TryLoad(ITrainer trainer, AveragedWeights? average, [NotNullWhen(true)] out FitState? state)
    {
        state = null;
        string? latest = null;
        if (_team.IsFirst)
        {
            RemoveRemains();
            latest = Existing().LastOrDefault();
        }

        if (_team.Read(latest) is not { } file)
            return false;
        state = Checkpoint.Apply(file, latest ?? "the first rank's checkpoint", trainer, _network, average, _identity);
        return true;
    }

    public void Save(ITrainer trainer, AveragedWeights? average, FitState state, long updates)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{updates:D12}{Suffix}");
        Write(Path.Combine(_options.Folder, name), trainer, average, state);
        foreach (string old in _team.IsFirst ? Existing().SkipLast(_options.Keep) : [])
            File.Delete(old);
    }

    public void SaveBest(ITrainer trainer, AveragedWeights? average, FitState state) => Write(BestPath, trainer, average, state);

    /// <summary>Gives the network the parameters of the best epoch.</summary>
    public void LoadBest()
    {
        if (_team.IsFirst)
            Checkpoint.LoadParameters(BestPath, _network);
        _team.ShareParameters(_network);
    }

    private void Write(string path, ITrainer trainer, AveragedWeights? average, FitState state)
    {
        _team.AverageStatistics(_network, average);
        if (_team.IsFirst)
            Checkpoint.Create(trainer, _network, average, state, _identity.Description).Write(path);
    }

    /// <summary>In the order of their updates, which the names have too.</summary>
    private string[] Existing() => [.. Directory.GetFiles(_options.Folder, Prefix + "*" + Suffix).Order(StringComparer.Ordinal)];

    /// <summary>What was being written when the process was killed.</summary>
    private void RemoveRemains()
    {
        foreach (string file in Directory.GetFiles(_options.Folder, "*" + Suffix + ".*.tmp"))
            File.Delete(file);
    }
}
