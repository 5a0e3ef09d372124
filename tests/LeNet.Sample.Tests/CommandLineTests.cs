using BigGustave;
using Cnn.Training.Rendering;
using LeNetSample.Commands;
using LeNetSample.Display;

namespace LeNetSample.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Weights => _folder["lenet.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bogus", "'bogus' is no verb; there are train, evaluate, predict, summary.")]
    [InlineData("--epochs 0", "--epochs is '0'; a whole number from 1 to 10000 is needed.")]
    [InlineData("--epochs three", "--epochs is 'three'; a whole number from 1")]
    [InlineData("train --batch 0", "--batch is '0'")]
    [InlineData("--batch x --batch-norm", "--batch is 'x'")]
    [InlineData("--batch 1 --batch-norm", "--batch-norm needs batches of at least 2 images")]
    [InlineData("--lr -0.1", "--lr is '-0.1'; a number above 0 is needed")]
    [InlineData("--lr 0,1", "--lr is '0,1'")]
    [InlineData("--lr NaN", "--lr is 'NaN'")]
    [InlineData("--threads -1", "--threads is '-1'")]
    [InlineData("--seed 1.5", "--seed is '1.5'; a whole number from -2147483648")]
    [InlineData("--epochs 1 --epochs 2", "--epochs")]
    [InlineData("--unknown", "--unknown")]
    [InlineData("train file.png", "file.png")]
    [InlineData("evaluate --epochs 3", "--epochs")]
    [InlineData("predict", "predict")]
    [InlineData("--out /", "is a folder")]
    [InlineData("--out /no/such/folder/lenet.safetensors", "there is no folder")]
    public void A_wrong_command_line_is_one_message_and_exit_code_2(string line, string message)
    {
        (int code, string output, string error) = Run(line.Split(' '));
        Assert.Equal(ExitCode.WrongArguments, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Empty(output);
    }

    [Theory]
    [InlineData("--help", "predict <FILE>")]
    [InlineData("train --help", "--batch-norm")]
    [InlineData("summary --help", "kernels")]
    public void Help_is_there_for_all_and_for_each_verb(string line, string text)
    {
        (int code, string output, _) = Run(line.Split(' '));
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains(text, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_weights_are_told_with_what_to_do()
    {
        foreach (string[] args in new string[][] { ["evaluate", "--out", Weights], ["predict", "digit.png", "--out", Weights] })
        {
            (int code, _, string error) = Run(args);
            Assert.Equal(ExitCode.Failure, code);
            Assert.Contains("Run 'train' first", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Damaged_weights_are_told_with_what_to_do()
    {
        File.WriteAllText(Weights, "no weights");
        (int code, _, string error) = Run("predict", "digit.png", "--out", Weights);
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains(Weights, error, StringComparison.Ordinal);
        Assert.Contains("Run 'train' to make it anew", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_data_are_told_before_anything_is_written()
    {
        (int code, _, string error) = Run("--data", _folder["nowhere"], "--out", Weights);
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("there is no such folder", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_told()
    {
        IdxFiles.Write(_folder["data"], 50, 20);
        (int code, _, string error) = Run("--data", _folder["data"], "--out", Weights);
        Assert.Equal(ExitCode.WrongArguments, code);
        Assert.Contains("--batch is 64, and there are 50 training images", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rate_that_diverges_is_told_and_keeps_older_weights()
    {
        IdxFiles.Write(_folder["data"], 64, 20);
        File.WriteAllText(Weights, "older");
        (int code, _, string error) = Run("--data", _folder["data"], "--out", Weights, "--batch", "8", "--lr", "1e30");
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("lower --lr", error, StringComparison.Ordinal);
        Assert.Equal("older", File.ReadAllText(Weights));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_trained_is_evaluated_and_predicts(bool batchNorm)
    {
        IdxFiles.Write(_folder["data"], 32, 20);
        string[] train = ["--data", _folder["data"], "--epochs", "2", "--batch", "16", "--out", Weights];
        (int code, string output, string error) = Run(batchNorm ? [.. train, "--batch-norm"] : train);
        Assert.Equal("", error);
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("kernels", output, StringComparison.Ordinal);
        Assert.Contains("epoch 2/2: loss", output, StringComparison.Ordinal);
        Assert.Contains("Confusion matrix", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);

        (code, string evaluated, _) = Run("evaluate", "--data", _folder["data"], "--out", Weights);
        Assert.Equal(ExitCode.Success, code);
        Assert.Equal(Accuracy(output), Accuracy(evaluated));

        (code, string predicted, error) = Run("predict", WriteDigit("digit.png"), _folder["missing.png"], "--out", Weights);
        Assert.Equal(ExitCode.Failure, code);
        Assert.Matches(@"digit\.png: \d \(\d+\.\d %\)", predicted);
        Assert.Contains("missing.png: there is no such file", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_with_plot_draws_five_pictures_and_writes_a_report()
    {
        IdxFiles.Write(_folder["data"], 32, 20);
        (int code, string output, string error) = Run("--data", _folder["data"], "--epochs", "2", "--batch", "16", "--out",
            Weights, "--plot", _folder["plots"]);
        Assert.Equal("", error);
        Assert.Equal(ExitCode.Success, code);
        string[] names = ["accuracy.png", "activations.png", "confusion.png", "kernels.png", "loss.png", "report.html"];
        Assert.Equal(names, Directory.GetFiles(_folder["plots"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Contains(Path.Combine(_folder["plots"], name), output, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_for_pictures_that_cannot_be_made_is_told_before_the_training()
    {
        IdxFiles.Write(_folder["data"], 32, 20);
        File.WriteAllText(_folder["taken"], "");
        (int code, _, string error) = Run("--data", _folder["data"], "--out", Weights, "--plot", _folder["taken"]);
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("taken", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Weights));
    }

    [Fact]
    public void The_summary_lists_layers_and_kernels()
    {
        (int code, string output, _) = Run("summary");
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("linear1", output, StringComparison.Ordinal);
        Assert.Contains("kernels", output, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = SampleCommandLine.Run(args, new Terminal(output, error, IsPlain: true));
        return (code, output.ToString(), error.ToString());
    }

    private static string Accuracy(string output) => output.Split('\n').Single(line => line.StartsWith("Test accuracy:", StringComparison.Ordinal));

    private string WriteDigit(string name)
    {
        byte[] pixels = DigitRenderer.Render(1, seed: 5, stream: 3).Pixels;
        PngBuilder builder = PngBuilder.Create(28, 28, hasAlphaChannel: false);
        for (int i = 0; i < pixels.Length; i++)
            builder.SetPixel(pixels[i], pixels[i], pixels[i], i % 28, i / 28);
        File.WriteAllBytes(_folder[name], builder.Save());
        return _folder[name];
    }
}
