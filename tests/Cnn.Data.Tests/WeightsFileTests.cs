namespace Cnn.Data.Tests;

public sealed class WeightsFileTests
{
    [Fact]
    public void Loading_what_was_saved_restores_every_bit()
    {
        ParameterSet saved = SmallNetwork.Create(first: -0.1f);
        ParameterSet loaded = SmallNetwork.Create(first: 7);

        WeightsFile.Load(loaded, new MemoryStream(SmallNetwork.Saved(saved)));

        Assert.Equal(SmallNetwork.AllValues(saved), SmallNetwork.AllValues(loaded));
    }

    [Fact]
    public void Parameters_are_saved_in_declaration_order_and_marked_as_PyTorch_layouts()
    {
        TensorFile file = TensorFile.Read(new MemoryStream(SmallNetwork.Saved(SmallNetwork.Create())));
        Assert.Equal(["conv1.weight", "conv1.bias", "batchnorm1.running_var", "linear1.weight"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Fact]
    public void The_streams_are_left_open()
    {
        var stream = new MemoryStream();
        WeightsFile.Save(SmallNetwork.Create(), stream);
        stream.Position = 0;
        WeightsFile.Load(SmallNetwork.Create(), stream);
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void Every_tensor_that_does_not_fit_is_listed_in_one_exception_and_nothing_changes()
    {
        var file = new TensorFile();
        file.Add("conv1.weight", [2, 1, 3, 3], [.. Enumerable.Repeat(1f, 17), float.NaN]);
        file.Add("batchnorm1.running_var", [2], [3L, 4L]);
        file.Add("linear1.weight", [2, 3], new float[6]);
        file.Add("head.weight", [5], new float[5]);
        ParameterSet parameters = SmallNetwork.Create();
        float[] before = SmallNetwork.AllValues(parameters);

        string message = Assert.Throws<WeightsException>(() => WeightsFile.Load(parameters, new MemoryStream(file.Written()))).Message;

        Assert.Equal(
            """
            The stream does not fit the network, and nothing was loaded:
            - 'batchnorm1.running_var' is of type I64; F32, F64, F16 or BF16 is needed
            - 'conv1.weight' [2, 1, 3, 3] has values that are not finite: 1 of 18, the first at element 17, NaN
            - 'linear1.weight' has the shape [2, 3]; [3, 2] is needed
            - 'head.weight' [5] is unexpected: the network has no such parameter
            - 'conv1.bias' [2] is missing
            """,
            message);
        Assert.Equal(before, SmallNetwork.AllValues(parameters));
    }

    [Fact]
    public void PyTorchs_batch_counters_are_ignored_whatever_their_type()
    {
        ParameterSet saved = SmallNetwork.Create(first: 3);
        TensorFile file = TensorFile.Read(new MemoryStream(SmallNetwork.Saved(saved)));
        file.Add("batchnorm1.num_batches_tracked", [], [17L]);
        ParameterSet loaded = SmallNetwork.Create();

        WeightsFile.Load(loaded, new ForwardOnlyStream(file.Written()));

        Assert.Equal(SmallNetwork.AllValues(saved), SmallNetwork.AllValues(loaded));
    }

    [Fact]
    public void A_file_of_another_network_costs_no_more_memory_than_the_network()
    {
        var file = new TensorFile();
        file.Add("large", [3_000_000], new float[3_000_000]);
        byte[] bytes = file.Written();
        ParameterSet parameters = SmallNetwork.Create();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<WeightsException>(() => WeightsFile.Load(parameters, new ForwardOnlyStream(bytes, mostAtOnce: 65536)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Saving_asks_the_trainer_for_what_it_has_learned_and_loading_tells_it_that_values_changed()
    {
        ParameterSet parameters = SmallNetwork.Create();
        var owner = new RecordingOwner();
        foreach (Parameter parameter in parameters)
            parameter.Owner = owner;

        byte[] saved = SmallNetwork.Saved(parameters);
        Assert.Equal(parameters.Select(parameter => parameter.Name), owner.Accessed);
        Assert.Equal([99f, 99f], TensorFile.Read(new MemoryStream(saved)).Reals("conv1.bias", 2));

        owner.Accessed.Clear();
        WeightsFile.Load(parameters, new MemoryStream(saved));
        Assert.Equal(parameters.Select(parameter => parameter.Name), owner.Accessed);
    }

    // Learns 99 everywhere.
    private sealed class RecordingOwner : IParameterOwner
    {
        public List<string> Accessed { get; } = [];

        public void BeforeAccess(Parameter parameter)
        {
            Accessed.Add(parameter.Name);
            parameter.Storage.AsSpan().Fill(99);
        }
    }
}
