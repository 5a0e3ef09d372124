using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>Mistakes in the code that uses a network.</summary>
public sealed class CallDiagnosticsTests
{
    private const string Networks =
        """
        [Network, Input(4), Linear(3), Softmax] partial class Classes;
        [Network, Input(4), Linear(3), LogSoftmax, Dropout] partial class Logs;
        [Network, Input(4), Linear(3), Sigmoid] partial class Labels;
        [Network, Input(4), Linear(3)] partial class Plain;
        """;

    [Theory]
    [InlineData("Classes", "{|CNN2008:Loss.CrossEntropy()|}", "Softmax", "CrossEntropy")]
    [InlineData("Classes", "loss: {|CNN2008:Loss.CrossEntropy(0.1f)|}", "Softmax", "CrossEntropy")]
    [InlineData("Logs", "{|CNN2008:Loss.CrossEntropy()|}", "LogSoftmax", "CrossEntropy")]
    [InlineData("Labels", "{|CNN2008:Loss.BinaryCrossEntropy()|}", "Sigmoid", "BinaryCrossEntropy")]
    public Task An_activation_that_the_loss_applies_itself_is_shown_at_the_loss(string network, string loss, string activation, string applied) =>
        Analyzing.ShowsInUse(
            $"{Networks} class Program {{ static void Main() {{ using ITrainer t = new {network}().CreateTrainer(new Sgd(0.1f), {loss}); }} }}",
            $"{network} ends in {activation}, which Loss.{applied} contains already, so that it would be applied twice; "
            + "remove the layer, and apply it to the predictor's outputs where you need it");

    [Fact]
    public async Task A_loss_in_a_variable_is_followed_to_where_it_is_made()
    {
        await Analyzing.ShowsInUse(
            $"{Networks} class Program {{ static void Main() {{ Loss loss = Loss.CrossEntropy(); using var t = new Classes().CreateTrainer(new "
            + $"Sgd(0.1f), {{|CNN2008:loss|}}); }} }}",
            "Classes ends in Softmax, which Loss.CrossEntropy contains already, so that it would be applied twice; "
            + "remove the layer, and apply it to the predictor's outputs where you need it");
        await Analyzing.ShowsInUse(
            $"{Networks} class Program {{ static void Main() {{ Loss loss = Loss.CrossEntropy(); loss = Loss.Huber(); "
            + $"using var t = new Classes().CreateTrainer(new Sgd(0.1f), loss); }} }}");
    }

    [Theory]
    [InlineData("Plain", "Loss.CrossEntropy()")]
    [InlineData("Labels", "Loss.CrossEntropy()")]
    [InlineData("Classes", "Loss.BinaryCrossEntropy()")]
    [InlineData("Classes", "Loss.MeanSquaredError()")]
    public Task Other_losses_are_not_shown(string network, string loss) => Analyzing.ShowsInUse(
        $"{Networks} class Program {{ static void Main() {{ using ITrainer t = new {network}().CreateTrainer(new Sgd(0.1f), {loss}); }} }}");

    [Theory]
    [InlineData("var t = {|CNN2009:Net.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy())|}; t.Update();", "trainer", "CreateTrainer")]
    [InlineData("IPredictor p = {|CNN2009:Net.CreatePredictor()|}; p.Classify([]); Console.WriteLine(p.BatchSize);", "predictor", "CreatePredictor")]
    [InlineData("IPredictor p; p = {|CNN2009:Net.CreatePredictor()|}; p.Classify([]);", "predictor", "CreatePredictor")]
    [InlineData("{|CNN2009:Net.CreatePredictor()|}.Classify([]);", "predictor", "CreatePredictor")]
    [InlineData("{|CNN2009:Net.CreatePredictor()|};", "predictor", "CreatePredictor")]
    [InlineData("_ = {|CNN2009:Net.CreatePredictor()|};", "predictor", "CreatePredictor")]
    [InlineData("using var p = Net.CreatePredictor(); var q = {|CNN2009:p.Clone()|}; q.Classify([]);", "predictor", "Clone")]
    [InlineData("INetwork net = Net; var p = {|CNN2009:net.CreatePredictor()|};", "predictor", "CreatePredictor")]
    [InlineData("{|CNN2009:Plain.Pretrained|}.Classify([]);", "predictor", "Pretrained")]
    [InlineData("var p = {|CNN2009:Plain.CreatePretrained()|}; p.Classify([]);", "predictor", "CreatePretrained")]
    public Task What_is_never_disposed_is_shown_where_it_is_made(string body, string kind, string method) => Analyzing.ShowsInUse(
        ProjectFiles.None.With("Plain", ""),
        $"{Networks} class Program {{ static readonly Plain Net = new(); static void Main() {{ {body} }} }}",
        $"The {kind} that {method} makes is never disposed, but keeps its memory and its worker threads until it is; declare it with 'using', or call Dispose");

    [Theory]
    [InlineData("using var t = Net.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy()); t.Update();")]
    [InlineData("using (var p = Net.CreatePredictor()) p.Classify([]);")]
    [InlineData("using (Net.CreatePredictor()) { }")]
    [InlineData("var p = Net.CreatePredictor(); try { p.Classify([]); } finally { p.Dispose(); }")]
    [InlineData("var p = Net.CreatePredictor(); p?.Dispose();")]
    [InlineData("var p = Net.CreatePredictor(); using (p) { }")]
    [InlineData("IPredictor p = Net.CreatePredictor(); IPredictor q = p; q.Dispose();")]
    [InlineData("Kept = Net.CreatePredictor();")]
    [InlineData("Keep(Net.CreatePredictor());")]
    [InlineData("using var p = Plain.Pretrained; p.Classify([]);")]
    [InlineData("Keep(Plain.Pretrained);")]
    [InlineData("var p = Net.CreatePredictor(); Keep(p);")]
    [InlineData("IPredictor[] all = [Net.CreatePredictor(), Net.CreatePredictor()]; Keep(all[0]);")]
    [InlineData("Func<IPredictor> make = () => Net.CreatePredictor(); Keep(make());")]
    [InlineData("var p = Net.CreatePredictor(); Action later = () => p.Dispose(); later();")]
    [InlineData("Shared.Pretrained.Classify([]);")]
    [InlineData("new System.Threading.Timer(_ => { }).Dispose(); new System.Text.StringBuilder().Clone();")]
    public Task What_is_disposed_or_given_away_is_not_shown(string body) => Analyzing.ShowsInUse(
        ProjectFiles.None.With("Plain", ""),
        $"{Networks} class Program {{ static readonly Plain Net = new(); static IPredictor? Kept; "
        + $"static void Keep(IPredictor p) => Kept = p; static void Main() {{ {body} }} }}"
        + " static class Shared { public static IPredictor Pretrained { get; } = new Plain().CreatePredictor(); }"
        + " static class Extensions { public static object Clone(this System.Text.StringBuilder text) => text.ToString(); }");
}
