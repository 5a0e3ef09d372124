using Cnn.Tool.Importing;
using Google.Protobuf;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Onnx.Tests.Importing;

/// <summary>What is told of a model that cannot be expressed: everything at once, a line for each kind, and what to do.</summary>
public sealed class RefusalMessageTests
{
    [Fact]
    public void Nodes_of_one_kind_are_one_line_with_how_many_and_the_first()
    {
        string message = Refused(Model(
            [.. Enumerable.Range(0, 38)
                .Select(index => new NodeProto { OpType = "Wobble", Name = $"wobble_{index}", Input = { "x" }, Output = { $"w{index}" } }),
                Node("Sum", [.. Enumerable.Range(0, 38).Select(index => $"w{index}")], "y")]));
        Assert.Contains("38 problems of 1 kind:\n  - 38 Wobble, first 'wobble_0': no layer does this.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("wobble_1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_that_differ_in_numbers_alone_are_one_line()
    {
        ModelProto model = Model(Node("LRN", ["x"], "a", Integer("size", 2)), Node("LRN", ["x"], "b", Integer("size", 4)), Node("Add", ["a", "b"], "y"));
        Assert.Contains("- 2 LRN, first that makes 'a', for the first: its size is 2;", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_node_does_not_hide_one_behind_it()
    {
        ModelProto model = Model(Node("Wobble", ["x"], "a"), Node("LRN", ["a"], "b", Integer("size", 2)), Node("Wibble", ["b"], "c"), Node("Relu", ["c"], "y"));
        string message = Refused(model);
        Assert.Contains("the Wobble that makes 'a'", message, StringComparison.Ordinal);
        Assert.Contains("the Wibble that makes 'c'", message, StringComparison.Ordinal);
        Assert.DoesNotContain("LRN", message, StringComparison.Ordinal);
        model.Graph.ValueInfo.Add(new ValueInfoProto { Name = "a", Type = model.Graph.Input[0].Type });
        Assert.Contains("the LRN that makes 'b': its size is 2", Refused(model), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LSTM", "it is a recurrent layer")]
    [InlineData("GRU", "it is a recurrent layer")]
    [InlineData("If", "it is control flow")]
    [InlineData("Loop", "it is control flow")]
    [InlineData("Attention", "it is attention")]
    [InlineData("NonMaxSuppression", "it is decoding behind the network")]
    [InlineData("TopK", "it is decoding behind the network")]
    public void What_no_network_has_is_named_as_what_it_is_with_where_to_cut(string operation, string reason)
    {
        string message = Refused(Model(Node("Relu", ["x"], "features"), Node("Sigmoid", ["x"], "scores"), Node(operation, ["features", "scores"], "y")));
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains("--outputs features,scores ends the import there", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("com.microsoft", "NhwcFusedConv", "one kind of machine")]
    [InlineData("com.microsoft.nchwc", "Conv", "one kind of machine")]
    [InlineData("com.microsoft", "QLinearAdd", "quantised")]
    [InlineData("", "QLinearConv", "quantised")]
    [InlineData("com.microsoft", "MultiHeadAttention", "attention")]
    [InlineData("com.example", "Relu", "operators of 'com.example'")]
    public void What_optimisers_and_quantisers_write_is_told_by_name(string domain, string operation, string reason) =>
        Assert.Contains(
            reason, Refused(Model(new NodeProto { OpType = operation, Domain = domain, Input = { "x" }, Output = { "y" } })), StringComparison.Ordinal);

    private static string Refused(ModelProto model)
    {
        byte[] bytes = model.ToByteArray();
        return Assert.Throws<ImportException>(() => Import(bytes)).Message;
    }
}
