using Cnn.Tool.Importing;
using Cnn.Tool.Weights;

namespace Cnn.Onnx.Tests.Weights;

/// <summary>Files that PyTorch 1.13 wrote (Torch/checkpoints.py), each with the same model among what trainers save beside it.</summary>
public sealed class CheckpointTests
{
    private static readonly INetwork Network = new Mapped(seed: 0);

    /// <summary>A state dict and one of before PyTorch 1.6, DataParallel's names, Lightning's and timm's checkpoints, whole modules.</summary>
    [Theory]
    [InlineData("state_dict")]
    [InlineData("legacy")]
    [InlineData("data_parallel")]
    [InlineData("lightning")]
    [InlineData("timm")]
    [InlineData("legacy_checkpoint")]
    [InlineData("module")]
    [InlineData("legacy_module")]
    public void The_model_of_a_checkpoint_becomes_the_network_s_parameters(string name) => IsTheModel(Read(name));

    /// <summary>Doubles whose axes lie in another order, halves, and bfloat16, which rounds numbers of a thousand to 8.</summary>
    [Fact]
    public void Other_types_and_strides_become_floats() => IsTheModel(Read("types"), tolerance: 4);

    [Fact]
    public void Of_two_models_the_entry_that_is_named_is_read()
    {
        IsTheModel(Read("two", "generator"));
        IsTheModel(Read("two", "discriminator"));
        IsTheModel(Read("timm", "state_dict_ema"));
    }

    [Fact]
    public void Two_models_without_a_name_are_an_error_that_lists_them()
    {
        string message = Assert.Throws<ImportException>(() => Read("two")).Message;
        Assert.Equal("The checkpoint has tensors at 'generator' (4), 'discriminator' (4); say which by --entry, as --entry generator.", message);
        message = Assert.Throws<ImportException>(() => Read("two", "critic")).Message;
        Assert.Equal("The checkpoint has no tensors at 'critic'; it has some at 'generator' (4), 'discriminator' (4).", message);
    }

    /// <summary>The loss of the trainer's class has a tensor too, which lies outside the prefix.</summary>
    [Fact]
    public void A_prefix_is_left_only_if_all_parameters_have_it()
    {
        IReadOnlyList<(string Name, Tensor Values)> tensors = Read("lightning");
        Assert.Contains(tensors, tensor => tensor.Name == "loss.weight");
        (string Name, Tensor Values)[] fewer = [.. tensors.Where(tensor => tensor.Name != "model.conv1.bias")];
        string message = Assert.Throws<ImportException>(() => WeightMapping.ByName(Network, fewer)).Message;
        Assert.Contains("'conv1.bias' [2] is missing", message, StringComparison.Ordinal);
        Assert.Contains("'loss.weight' [4] belongs to no parameter", message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<(string Name, Tensor Values)> Read(string name, string? entry = null) =>
        StateDictionary.Read(Path.Combine(AppContext.BaseDirectory, "Weights", "Torch", name + ".pt"), entry);

    private static void IsTheModel(IReadOnlyList<(string Name, Tensor Values)> tensors, float tolerance = 0)
    {
        TensorFile file = WeightMapping.ByName(Network, tensors);
        foreach (Parameter parameter in Network.Parameters)
        {
            int first = parameter.Name.Sum(letter => letter);
            float[] values = file.Reals(parameter.Name, parameter.Shape);
            Assert.All(values.Index(), item => Assert.Equal(first + (item.Index / 64f), item.Item, tolerance));
        }
    }
}
