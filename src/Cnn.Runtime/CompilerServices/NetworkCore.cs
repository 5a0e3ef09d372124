using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>The parameters of one network, and what every network can do with them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkCore
{
    private TrainerCore? _trainer;

    /// <summary>Makes parameters with their starting values.</summary>
    /// <param name="definitions">The parameters, in declaration order.</param>
    /// <param name="seed">The same seed gives the same values.</param>
    public NetworkCore(ParameterDefinition[] definitions, int seed)
        : this(definitions)
    {
        for (int index = 0; index < definitions.Length; index++)
        {
            ParameterDefinition definition = definitions[index];
            float[] values = Parameters[index].Storage;
            switch (definition.Start)
            {
                case ParameterStart.One:
                    values.AsSpan().Fill(1);
                    break;
                case ParameterStart.Quarter:
                    values.AsSpan().Fill(0.25f);
                    break;
                case ParameterStart.Constant:
                    values.AsSpan().Fill(definition.Value);
                    break;
                case ParameterStart.UniformFanIn:
                    Initializers.UniformFanIn(values, definition.FanIn, seed, index);
                    break;
            }
        }
    }

    private NetworkCore(ParameterDefinition[] definitions)
    {
        Definitions = definitions;
        Parameters = new ParameterSet([.. definitions.Select(definition => new Parameter(definition.Name, definition.Shape, definition.IsTrainable))]);
    }

    /// <summary>The parameters in declaration order.</summary>
    public ParameterSet Parameters { get; }

    internal ParameterDefinition[] Definitions { get; }

    /// <summary>Makes parameters with the values of a file.</summary>
    /// <param name="definitions">The parameters, in declaration order.</param>
    /// <param name="path">A safetensors file.</param>
    public static NetworkCore Load(ParameterDefinition[] definitions, string path)
    {
        NetworkCore core = new(definitions);
        WeightsFile.Load(core.Parameters, path);
        return core;
    }

    /// <summary>Makes parameters with the values of a stream.</summary>
    /// <param name="definitions">The parameters, in declaration order.</param>
    /// <param name="stream">In safetensors format; left open.</param>
    public static NetworkCore Load(ParameterDefinition[] definitions, Stream stream)
    {
        NetworkCore core = new(definitions);
        WeightsFile.Load(core.Parameters, stream);
        return core;
    }

    /// <summary>Writes the parameters as a safetensors file.</summary>
    /// <param name="path">The file, replaced as a whole or not at all.</param>
    public void Save(string path) => WeightsFile.Save(Parameters, path);

    /// <summary>Writes the parameters in safetensors format.</summary>
    /// <param name="stream">A writable stream, left open.</param>
    public void Save(Stream stream) => WeightsFile.Save(Parameters, stream);

    /// <summary>Takes from a safetensors file what fits by name and shape.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rename">From the file's names to the network's; null for none.</param>
    public LoadReport LoadMatching(string path, Func<string, string?>? rename)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return new MatchingLoad(Parameters, rename).Read(stream, $"'{path}'");
    }

    /// <summary>Takes from a stream what fits by name and shape.</summary>
    /// <param name="stream">In safetensors format; left open.</param>
    /// <param name="rename">From the stream's names to the network's; null for none.</param>
    public LoadReport LoadMatching(Stream stream, Func<string, string?>? rename)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new MatchingLoad(Parameters, rename).Read(stream, "The stream");
    }

    /// <summary>A copy of the parameters as they are now.</summary>
    internal NetworkCore Snapshot()
    {
        NetworkCore copy = new(Definitions);
        for (int index = 0; index < Definitions.Length; index++)
            Parameters[index].Values.CopyTo(copy.Parameters[index].Storage);
        return copy;
    }

    /// <summary>Hands the parameters to a trainer until it gives them back.</summary>
    internal void Attach(TrainerCore trainer)
    {
        if (Interlocked.CompareExchange(ref _trainer, trainer, null) is not null)
        {
            throw new InvalidOperationException(
                "This network already has a trainer, which works on its parameters: dispose it before you create another one.");
        }

        foreach (Parameter parameter in Parameters)
            parameter.Owner = trainer;
    }

    internal void Detach(TrainerCore trainer)
    {
        if (_trainer != trainer)
            return;
        foreach (Parameter parameter in Parameters)
            parameter.Owner = null;
        _trainer = null;
    }
}
