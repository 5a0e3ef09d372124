namespace Cnn.Training;

/// <summary>A checkpoint's file: one safetensors file with everything that a training needs to go on.</summary>
/// <remarks>
/// The tensors of <see cref="ITrainer.SaveState"/> (parameters, optimiser, counters of updates and passes, which dropout draws from), the averaged
/// parameters as
/// <c>average.*</c>, and as <c>fit.*</c> where in which epoch the training stands, which is all that the orders and the variations of the images depend on.
/// </remarks>
public static class Checkpoint
{
    private const string Identity = "fit";
    private const string FitPrefix = "fit.";
    private const string AveragePrefix = "average.";
    private const string ParameterPrefix = "parameters.";
    private const string Averages = FitPrefix + "averages";

    /// <summary>Gives a network the parameters of a checkpoint: the averaged ones where there are such.</summary>
    /// <param name="path">The file, such as <c>best.safetensors</c> in a folder of checkpoints.</param>
    /// <param name="network">A network of the type that was trained. Nothing of it is changed if the file does not fit.</param>
    /// <exception cref="WeightsException">The file is damaged, or of another network.</exception>
    public static void LoadParameters(string path, INetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        TensorFile file = TensorFile.Read(path);
        string prefix = file.TryGet(Averages, out _) ? AveragePrefix : ParameterPrefix;
        ParameterValues.Write(network, [.. network.Parameters.Select(parameter => file.Reals(prefix + parameter.Name, parameter.Shape))]);
    }

    internal static TensorFile Create(ITrainer trainer, INetwork network, AveragedWeights? average, FitState state, string identity)
    {
        using var buffer = new MemoryStream();
        trainer.SaveState(buffer);
        buffer.Position = 0;
        TensorFile file = TensorFile.Read(buffer);
        file.Metadata[Identity] = identity;
        state.AddTo(file, FitPrefix);
        if (average is null)
            return file;
        file.Add(Averages, [1], new[] { average.Count });
        for (int index = 0; index < average.Values.Length; index++)
            file.Add(AveragePrefix + network.Parameters[index].Name, network.Parameters[index].Shape, average.Values[index]);
        return file;
    }

    internal static FitState Apply(
        TensorFile file, string path, ITrainer trainer, INetwork network, AveragedWeights? average, TrainingIdentity training)
    {
        if (!file.Metadata.TryGetValue(Identity, out string? found))
            throw new WeightsException($"'{path}' is no checkpoint of Fit. Give the checkpoints a folder of their own.");
        string identity = training.Description;
        if (found != identity)
            throw new WeightsException($"'{path}' is of another training.\n- there: {found}\n- here:  {identity}\nUse the same settings to go on with it, "
                + "or another folder to start anew.");
        FitState state = FitState.Of(file, FitPrefix, training.Metrics);
        float[][] averages = average is null ? [] : [.. network.Parameters.Select(parameter => file.Reals(AveragePrefix + parameter.Name, parameter.Shape))];
        long count = average is null ? 0 : file.Integers(Averages, 1)[0];
        LoadTrainer(file, trainer);
        for (int index = 0; index < averages.Length; index++)
            averages[index].CopyTo(average!.Values[index], 0);
        if (average is not null)
            average.Count = count;
        return state;
    }

    private static void LoadTrainer(TensorFile file, ITrainer trainer)
    {
        using var buffer = new MemoryStream();
        file.Write(buffer);
        buffer.Position = 0;
        trainer.LoadState(buffer);
    }
}
