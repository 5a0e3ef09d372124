namespace Cnn.Tool.Weights.PyTorch;

/// <summary>An object of a class that is not known here: what was put into it, without the class and without running anything of it.</summary>
/// <param name="name">The class or function that would have made it.</param>
internal sealed class PickleObject(string name)
{
    /// <summary>The class or function that would have made it.</summary>
    public string Name => name;

    /// <summary>What it has by keys, if it is a kind of dictionary.</summary>
    public PickleDictionary Items { get; } = new();

    /// <summary>Its attributes, where they are a dictionary.</summary>
    public PickleDictionary? State { get; set; }
}
