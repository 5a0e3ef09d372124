namespace Cnn.Data.Tests;

public sealed class ParameterTests
{
    [Fact]
    public void A_parameter_has_as_many_values_as_its_shape()
    {
        var parameter = new Parameter("conv1.weight", [20, 1, 5, 5], isTrainable: true);
        Assert.Equal(500, parameter.Length);
        Assert.Equal(500, parameter.Values.Length);
        Assert.Equal([20, 1, 5, 5], parameter.Shape);
    }

    [Fact]
    public void Parameters_are_found_by_position_and_by_name()
    {
        ParameterSet parameters = SmallNetwork.Create();
        Assert.Equal(4, parameters.Count);
        Assert.Equal(28, parameters.Length);
        Assert.Same(parameters[1], parameters["conv1.bias"]);
    }

    [Fact]
    public void An_unknown_name_lists_those_that_there_are()
    {
        string message = Assert.Throws<ArgumentException>(() => SmallNetwork.Create()["conv2.bias"]).Message;
        Assert.Contains("no parameter 'conv2.bias'", message, StringComparison.Ordinal);
        Assert.Contains("conv1.weight, conv1.bias, batchnorm1.running_var, linear1.weight", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_that_no_array_can_hold_is_refused()
    {
        Assert.Throws<OverflowException>(() => new Parameter("linear1.weight", [65536, 65536], isTrainable: true));
    }
}
