namespace Cnn.Data.Tests;

public sealed class ReferenceFilesTests
{
    private const string FolderVariable = "CNN_REFERENCE";

    [Fact]
    public void A_vector_made_by_PyTorch_is_read()
    {
        TensorFile file = TensorFile.Read(Path.Combine(AppContext.BaseDirectory, "Vectors", "loss_label_smoothing.safetensors"));

        Assert.Equal("CrossEntropy(0.1)", file.Metadata["loss"]);
        // Only if header, offsets, shapes and both types are understood does the loss follow from the outputs.
        double loss = SmoothedCrossEntropy(file.Reals("output.train", 5, 4), file.Integers("target.0", 5), classes: 4, smoothing: 0.1);
        Assert.Equal(file.Reals("losses", 2)[0], loss, tolerance: 1e-6);
    }

    [Fact]
    public void Every_reference_file_is_read_and_written_back_to_the_same_tensors()
    {
        string? folder = Environment.GetEnvironmentVariable(FolderVariable);
        if (string.IsNullOrEmpty(folder) || !Directory.Exists(folder))
            Assert.Skip($"{FolderVariable} names no folder of reference vectors.");

        string[] paths = Directory.GetFiles(folder, "*.safetensors");
        Assert.NotEmpty(paths);
        foreach (string path in paths)
        {
            TensorFile file = TensorFile.Read(path);
            TensorFile again = TensorFile.Read(new MemoryStream(file.Written()));
            Assert.Equal(file.Metadata, again.Metadata);
            foreach (NamedTensor tensor in file.Tensors)
            {
                Assert.True(again.TryGet(tensor.Name, out NamedTensor? copy));
                Assert.Equal(tensor.Shape, copy.Shape);
                Assert.Equal(tensor.Reals, copy.Reals);
            }
        }
    }

    // PyTorch: the mean over images of (1 - smoothing) * -log p[label] + smoothing / classes * sum of -log p.
    private static double SmoothedCrossEntropy(float[] outputs, long[] labels, int classes, double smoothing)
    {
        double sum = 0;
        for (int image = 0; image < labels.Length; image++)
        {
            float[] logits = outputs[(image * classes)..((image + 1) * classes)];
            double logOfSum = Math.Log(logits.Sum(logit => Math.Exp(logit)));
            sum += (1 - smoothing) * (logOfSum - logits[labels[image]]);
            sum += smoothing / classes * logits.Sum(logit => logOfSum - logit);
        }

        return sum / labels.Length;
    }
}
