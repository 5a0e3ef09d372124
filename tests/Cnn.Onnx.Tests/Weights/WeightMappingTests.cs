using Cnn.Tool.Importing;
using Cnn.Tool.Weights;

namespace Cnn.Onnx.Tests.Weights;

/// <summary>Tensors of a state dict, on their way to a network's parameters.</summary>
public sealed class WeightMappingTests
{
    private static readonly INetwork Network = new Mapped(seed: 0);

    [Fact]
    public void Tensors_under_the_network_s_names_are_matched_in_any_order()
    {
        TensorFile file = WeightMapping.ByName(Network, [.. Named(parameter => parameter.Name).Reverse()]);
        Assert.All(Network.Parameters, parameter => Assert.Equal(Values(parameter.Name, parameter.Length), file.Reals(parameter.Name, parameter.Shape)));
    }

    [Fact]
    public void Tensors_under_other_names_are_matched_by_their_order()
    {
        TensorFile file = WeightMapping.ByOrder(Network, Named(parameter => "features." + parameter.Name));
        Assert.All(Network.Parameters,
            parameter => Assert.Equal(Values("features." + parameter.Name, parameter.Length), file.Reals(parameter.Name, parameter.Shape)));
    }

    [Fact]
    public void An_order_whose_shapes_do_not_fit_is_an_error_that_names_both()
    {
        ImportException exception = Assert.Throws<ImportException>(() => WeightMapping.ByOrder(Network, [.. Named(parameter => parameter.Name).Reverse()]));
        Assert.Contains("'conv1.weight' needs the shape [2, 1, 3, 3], and 'linear1.bias' has [3]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_tensors_is_shown_side_by_side()
    {
        ImportException exception = Assert.Throws<ImportException>(
            () => WeightMapping.ByOrder(Network, [.. Named(parameter => "old." + parameter.Name).Take(3)]));
        Assert.Contains("3 tensors and the network 4 parameters", exception.Message, StringComparison.Ordinal);
        Assert.Contains("old.conv1.weight [2, 1, 3, 3]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_names_what_is_called_otherwise()
    {
        TensorFile file = WeightMapping.ByMap(
            Network, Named(parameter => parameter.Name.Replace("conv1", "stem", StringComparison.Ordinal)),
            ["# the first layer", "", "conv1.weight = stem.weight", "conv1.bias=stem.bias"]);
        Assert.Equal(Values("stem.bias", 2), file.Reals("conv1.bias", [2]));
        Assert.Equal(Values("linear1.bias", 3), file.Reals("linear1.bias", [3]));
    }

    [Theory]
    [InlineData("conv1.weight stem.weight")]
    [InlineData("conv9.weight = stem.weight")]
    public void A_line_of_a_map_that_says_nothing_is_an_error_with_its_number(string line)
    {
        ImportException exception = Assert.Throws<ImportException>(() => WeightMapping.ByMap(Network, Named(parameter => parameter.Name), ["", line]));
        Assert.Contains("Line 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_unused_and_infinite_tensors_are_told_together()
    {
        List<(string Name, Tensor Values)> tensors = [.. Named(parameter => parameter.Name).Skip(1)];
        tensors[0] = (tensors[0].Name, Tensor.OfReals([2], [1, float.PositiveInfinity]));
        tensors.Add(("head.bias", Tensor.OfReals([1], [1])));
        string message = Assert.Throws<ImportException>(() => WeightMapping.ByName(Network, tensors)).Message;
        Assert.Contains("'conv1.weight' [2, 1, 3, 3] is missing", message, StringComparison.Ordinal);
        Assert.Contains("'conv1.bias' has numbers that are not finite", message, StringComparison.Ordinal);
        Assert.Contains("'head.bias' [1] belongs to no parameter", message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<(string Name, Tensor Values)> Named(Func<Parameter, string> name) =>
        [.. Network.Parameters.Select(parameter => (name(parameter), Tensor.OfReals([.. parameter.Shape], Values(name(parameter), parameter.Length))))];

    /// <summary>Numbers that tell by which name a tensor was found.</summary>
    private static float[] Values(string name, int length) => [.. Enumerable.Range(0, length).Select(index => name.Sum(letter => letter) + (index / 64f))];
}
