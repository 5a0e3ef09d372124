using Cnn.Onnx.Tests.Support;
using Cnn.Peers.Tests.Graphs;
using Cnn.Tool.Importing;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Forms;

/// <summary>Forms that real models have, imported and compared with ONNX Runtime, all outputs, on inputs of several sizes.</summary>
public sealed class FormTests
{
    private static readonly ModelForm[] Forms = [.. DetectorForms.All, .. LayoutForms.All, .. SpelledForms.All, .. FusedForms.All];

    /// <summary>All that are imported are compiled together; what one throws is thrown in its own test.</summary>
    private static readonly Lazy<Dictionary<string, (Lazy<Import> Import, INetwork? Network)>> Imported = new(() =>
    {
        Dictionary<string, Lazy<Import>> imports = Forms.ToDictionary(form => form.Name, form => new Lazy<Import>(() => Import(form.Bytes(), form.Name)));
        Import[] taken = [.. imports.Values.Where(IsTaken).Select(import => import.Value)];
        Dictionary<string, INetwork> networks = taken.Zip(Reimport.Compiled(taken)).ToDictionary(pair => pair.First.ClassName, pair => pair.Second);
        return imports.ToDictionary(pair => pair.Key, pair => (pair.Value, networks.GetValueOrDefault(pair.Key)));
    });

    public static TheoryData<string> Names { get; } = [.. Forms.Select(form => form.Name)];

    /// <summary>Forms that have no moved tensor on paper.</summary>
    public static TheoryData<string> Plain { get; } =
    [
        "Positions", "ManyOutputs", "ClassesBehindTransposes", "ChannelsLast", "FlattenedChannelsLast", "SharedSlopes", "ShuffleInTheBatch",
            "BytesChannelsLast",
        "DoubledRows", "ExpandedGate", "NormOfEverything", "ChannelNorm", "InstanceNormSpelled",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_form_computes_what_ONNX_Runtime_does(string name)
    {
        ModelForm form = Forms.Single(form => form.Name == name);
        Import import = Imported.Value[name].Import.Value;
        INetwork network = Imported.Value[name].Network!;
        using OnnxRuntimeRun run = new(form.Model);
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions());
        foreach (float size in form.IsBytes ? [255f] : ((float[])[1, 4, 255]).Where(size => size <= form.Largest))
        {
            Random random = new(5);
            float[] input = [.. Enumerable.Range(0, network.InputLength).Select(_ => form.IsBytes ? random.Next(256) : ((random.NextSingle() * 2) - 1) * size)];
            float[] outputs = new float[network.OutputLength];
            predictor.Predict(input, outputs);
            float[] expected = form.IsBytes
                ? run.RunBytes(form.Input, [.. input.Select(static value => (byte)value)])
                : run.RunAll((form.Input, input));
            Assert.Equal(expected.Length, outputs.Length);
            double largest = expected.Where(float.IsFinite).Max(static value => Math.Abs(value));
            for (int index = 0; index < expected.Length; index++)
            {
                double allowed = 1e-5 + (1e-3 * Math.Abs(expected[index])) + (3e-6 * largest);
                Assert.True(
                    outputs[index].Equals(expected[index]) || Math.Abs(outputs[index] - expected[index]) <= allowed,
                    $"{name}, inputs of up to {size}, output {index}: {outputs[index]}, and ONNX Runtime has {expected[index]}\n{import.Source}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void A_form_that_needs_no_moved_tensor_has_none(string name) =>
        Assert.DoesNotContain("Permute", Imported.Value[name].Import.Value.Source, StringComparison.Ordinal);

    private static bool IsTaken(Lazy<Import> import)
    {
        try
        {
            return import.Value.Source.Length > 0;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
