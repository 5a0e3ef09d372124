using ResNet20Sample;

namespace LeNetSample.Tests;

/// <summary>The command line of the other sample.</summary>
public sealed class ResNetCommandLineTests
{
    [Theory]
    [InlineData("--data x --epochs 0", "--epochs is '0'; a whole number from 1 to 10000 is needed.")]
    [InlineData("--data x --epochs many", "--epochs is 'many'; a whole number from 1")]
    [InlineData("--data x --batch 0", "--batch is '0'")]
    [InlineData("--data x --lr 0", "--lr is '0'; a number above 0 is needed")]
    [InlineData("--data x --lr NaN", "--lr is 'NaN'")]
    [InlineData("--data x --threads -1", "--threads is '-1'")]
    [InlineData("--data x --seed 1.5", "--seed is '1.5'")]
    [InlineData("--epochs 1", "--data")]
    [InlineData("--data x --unknown", "--unknown")]
    public void A_wrong_argument_is_told_before_anything_is_read(string line, string message)
        => Assert.Contains(message, Assert.Single(new ResNetOptions().ToCommand((_, _, _, _) => 0).Parse(line).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void The_options_make_the_plan()
    {
        TrainingPlan? made = null;
        int code = new ResNetOptions().ToCommand((plan, data, weights, _) =>
        {
            made = plan;
            Assert.Equal(("photographs", "net.safetensors"), (data, weights));
            return 7;
        }).Parse("--data photographs --epochs 3 --batch 32 --lr 0.5 --seed -4 --threads 2 --out net.safetensors --checkpoints kept --plot drawn").Invoke();
        Assert.Equal(7, code);
        Assert.Equal(new TrainingPlan(3, 32, 0.5f, -4, 2, "kept") { Plots = "drawn" }, made);
    }

    [Fact]
    public void Data_that_are_not_there_and_a_target_that_cannot_be_written_are_told()
    {
        using TemporaryFolder folder = new();
        TrainingPlan plan = new(1, 8, 0.1f, 0, 1, null);
        Assert.Contains("nowhere",
            Assert.ThrowsAny<Exception>(() => CifarTraining.Run(plan, folder["nowhere"], folder["net.safetensors"],
                TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Contains("Make it first",
            Assert.Throws<ArgumentException>(() => CifarTraining.Run(plan, folder["nowhere"], folder["no/net.safetensors"],
                TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }
}
