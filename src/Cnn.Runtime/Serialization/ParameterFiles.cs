namespace Cnn;

/// <summary>Files of some of a network's parameters, as <c>network.Parameters.Where(...)</c> gives them.</summary>
public static class ParameterFiles
{
    /// <summary>Writes the parameters as a safetensors file, which is replaced as a whole or not at all.</summary>
    /// <param name="parameters">Written in their order.</param>
    /// <param name="path">The file.</param>
    public static void Save(this ParameterSet parameters, string path)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        WeightsFile.Save(parameters, path);
    }

    /// <summary>Writes the parameters in safetensors format.</summary>
    /// <param name="parameters">Written in their order.</param>
    /// <param name="stream">A writable stream, left open.</param>
    public static void Save(this ParameterSet parameters, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        WeightsFile.Save(parameters, stream);
    }

    /// <summary>Reads all of these parameters from a file that has these and no others, or changes nothing.</summary>
    /// <param name="parameters">What is read; other parameters of the network stay as they are.</param>
    /// <param name="path">A safetensors file.</param>
    /// <exception cref="WeightsException">The file is damaged, or its tensors are not these.</exception>
    public static void Load(this ParameterSet parameters, string path)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        WeightsFile.Load(parameters, path);
    }

    /// <summary>Reads all of these parameters from a stream that has these and no others, or changes nothing.</summary>
    /// <param name="parameters">What is read; other parameters of the network stay as they are.</param>
    /// <param name="stream">In safetensors format; left open.</param>
    /// <exception cref="WeightsException">The stream is damaged, or its tensors are not these.</exception>
    public static void Load(this ParameterSet parameters, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        WeightsFile.Load(parameters, stream);
    }
}
