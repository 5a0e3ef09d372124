using Cnn;

public sealed class LeNetTests
{
    [Fact]
    public void A_saved_network_predicts_the_same()
    {
        LeNet net = new(seed: 1);
        using MemoryStream file = new();
        net.Save(file);
        file.Position = 0;
        Assert.Equal(Outputs(net), Outputs(LeNet.Load(file)));
    }

    [Fact]
    public void It_learns_a_batch_by_heart()
    {
        const int Count = 8;
        Random random = new(1);
        float[] images = [.. Enumerable.Range(0, Count * LeNet.InputLength).Select(_ => random.NextSingle())];
        int[] labels = [.. Enumerable.Range(0, Count).Select(image => image % LeNet.OutputLength)];
        LeNet net = new(seed: 1);
        using LeNet.Trainer trainer = net.CreateTrainer(new Adam(1e-3f), Loss.CrossEntropy(), new() { BatchSize = Count });
        float first = trainer.Step(images, labels), last = first;
        for (int step = 0; step < 60; step++)
            last = trainer.Step(images, labels);
        Assert.InRange(last, 0, 0.2f * first);
    }

    private static float[] Outputs(LeNet net)
    {
        float[] image = new float[LeNet.InputLength], outputs = new float[LeNet.OutputLength];
        Array.Fill(image, 0.5f);
        using LeNet.Predictor predictor = net.CreatePredictor();
        predictor.Predict(image, outputs);
        return outputs;
    }
}
