namespace Cnn.Reference;

/// <summary>What libtorch computed for a case in float64.</summary>
internal sealed class ReferenceVectors
{
    private readonly TensorFile _file;

    public ReferenceVectors(ReferenceCase reference)
        => _file = TensorFile.Read(Path.Combine(AppContext.BaseDirectory, "Reference", "Vectors", reference.Name + ".safetensors"));

    public IEnumerable<string> Names => _file.Tensors.Select(tensor => tensor.Name);

    public float[] Reals(string name) => Get(name).Reals ?? throw new InvalidOperationException($"'{name}' holds integers.");

    public int[] Labels(string name) => Array.ConvertAll(Get(name).Integers, label => (int)label);

    /// <summary>Gives a network the parameters and running statistics that the case starts from.</summary>
    public void SetParameters(INetwork network)
    {
        foreach (Parameter parameter in network.Parameters)
            Reals("param." + parameter.Name).CopyTo(parameter.Values);
    }

    private NamedTensor Get(string name)
        => _file.TryGet(name, out NamedTensor? tensor) ? tensor : throw new ArgumentException($"The vectors have no '{name}'.", nameof(name));
}
