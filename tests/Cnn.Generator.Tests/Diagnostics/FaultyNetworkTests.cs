using System.Collections.Immutable;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>A mistake in a declaration is one error, whatever a program does with the network.</summary>
public sealed class FaultyNetworkTests
{
    private const string Use =
        """
        public sealed class Use(Net.Predictor held)
        {
            public float Run(byte[] image, float[] meta)
            {
                Net net = new(seed: 1);
                INetwork any = net;
                using Net.Trainer trainer = net.CreateTrainer(new Sgd(0.1f), new Net.Losses { Digit = Loss.CrossEntropy(), Size = Loss.MeanSquaredError() });
                trainer.Forward(image, meta);
                float loss = trainer.Step(image, meta, Target.None, Target.None) + trainer.ForwardBackward(image, meta, Target.None, Target.None);
                using Net.Predictor predictor = held.Clone();
                predictor.Predict(image, meta, new float[Net.DigitLength], new float[Net.SizeLength]);
                using Net.Predictor other = Net.Load("a").CreatePredictor();
                return loss + any.InputLength + Net.ImageLength + Net.MetaLength + Net.Summary.Layers.Count + net.Parameters.Count;
            }
        }
        """;

    private const string Ports =
        "[Network, Input(1, 9, 9, Name = \"image\", Element = PortElement.UInt8)]\n[Conv(4, 3), ReLU, Flatten]\n"
        + "[Input(2, Name = \"meta\"), Concat(\"flatten1\")]\n[Linear(10), Output(\"digit\")]\n[Linear(1, From = \"concat1\"), Output(\"size\")]\n";

    [Theory]
    [InlineData("public partial class Net;", "")]
    [InlineData("public class Net;", "CNN0001 CS0260")]
    [InlineData("public partial class Net { public void Save(string path) { } }", "CNN0006")]
    public async Task Every_member_of_a_networks_ports_is_there(string declaration, string expected)
    {
        if (expected == "CNN0006")
        {
            // What the user declares may be of another type than the interface wants, and takes the names of ports along.
            Assert.Equal([expected], await Said(Ports + declaration, "public class Use { public void Run(Net net) => net.CreatePredictor().Dispose(); }"));
            return;
        }

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), await Said(Ports + declaration, Use));
    }

    [Theory]
    [InlineData("[Conv(4, 3)", "[Conv(4, 30)", "CNN1003")]
    [InlineData("[Conv(4, 3)", "[Conv(0, 3)", "CNN0014")]
    [InlineData("\"flatten1\"", "\"flatten2\"", "CNN1007")]
    public async Task They_are_there_with_any_other_fault(string old, string faulty, string id) =>
        Assert.Equal([id], await Said(Ports.Replace(old, faulty, StringComparison.Ordinal) + "public partial class Net;", Use));

    [Theory]
    [InlineData("[Input(4), Linear(2)] public partial class Net;", "CNN0013")]
    [InlineData("[Netwrk, Input(4), Linear(2)] public partial class Net;", "CNN0036")]
    [InlineData("[Network, Input(4), Lineer(2)] public partial class Net;", "CNN0036")]
    [InlineData("[Network, Input(4), Block<Part>] public partial class Net; [Block, RelU] public class Part;", "CNN0036")]
    [InlineData("[Network, Input(4), Blok<Part>] public partial class Net; [Block, ReLU] public class Part;", "CNN0036 CS0246")]
    public async Task A_build_says_one_thing_of_what_is_no_network_at_all(string declaration, string expected)
    {
        const string Reader =
            "public class Use { public int Run(Net net, float[] image) { using Net.Predictor p = net.CreatePredictor(); return p.Classify(image); } }";
        CSharpCompilation compilation = Compiling.Sources(declaration, Reader);
        ProjectFiles build = ProjectFiles.None.InBuild();
        CSharpCompilation generated = Analyzing.Generated(compilation, build, out ImmutableArray<Diagnostic> reported);
        IEnumerable<Diagnostic> said = reported.Concat(await Analyzing.Run(generated, build))
            .Concat(generated.GetDiagnostics(TestContext.Current.CancellationToken));
        Assert.Equal(
            expected.Split(' '),
            said.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id).Distinct());
    }

    [Fact]
    public void Names_that_are_missing_stay_missing_in_an_editor()
    {
        CSharpCompilation generated = Analyzing.Generated(Compiling.Sources("[Network, Input(4), Lineer(2)] public partial class Net;"));
        Assert.Contains(generated.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Id == "CS0246");
    }

    [Theory]
    [InlineData("[Input, Fact] public class Net;")]
    [InlineData("[Network] public class Net;")]
    [InlineData("[Block, Serializable] public class Net;")]
    public async Task Attributes_of_other_libraries_are_none_of_ours(string declaration) =>
        Assert.Empty(await Analyzing.Run(Compiling.SourcesAlone(declaration.Replace("[Network]", "[Network, Fact]", StringComparison.Ordinal))));

    /// <summary>All errors that an editor shows.</summary>
    private static async Task<IEnumerable<string>> Said(params string[] sources)
    {
        CSharpCompilation compilation = Analyzing.Generated(Compiling.Sources(sources));
        IEnumerable<Diagnostic> said = (await Analyzing.Run(compilation)).Concat(compilation.GetDiagnostics(TestContext.Current.CancellationToken));
        return said.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id).Distinct();
    }
}
