using Cnn.Definitions;
using Cnn.Onnx.Tests.Support;
using Cnn.Tool.Importing;

namespace Cnn.Onnx.Tests.Exporting;

/// <summary>Every activation goes out as an ONNX model and comes back as itself.</summary>
public sealed class ActivationRoundTripTests
{
    [Fact]
    public void An_activation_that_is_saved_and_imported_is_declared_as_it_was_and_predicts_the_same_bits()
    {
        string[] attributes = [.. ActivationTable.All.SelectMany(Attributes)];
        // So many channels that some reach beyond every kink.
        IReadOnlyList<INetwork> originals = Reimport.Originals(string.Concat(attributes.Select((attribute, index) =>
            $"[Network, Input(3, 5, 5), Conv(64, 2), {attribute}] public sealed partial class Original{index};\n")));
        IReadOnlyList<Import> imports = [.. originals.Select(Reimport.Of)];
        IReadOnlyList<INetwork> copies = Reimport.Compiled(imports);
        for (int index = 0; index < originals.Count; index++)
        {
            string attribute = attributes[int.Parse(originals[index].GetType().Name["Original".Length..], null)];
            Assert.Contains($", {attribute}]", imports[index].Source, StringComparison.Ordinal);
            Assert.Equal(Reimport.Predict(originals[index]), Reimport.Predict(copies[index]));
        }
    }

    /// <summary>By default, and with numbers that are nobody's default; each as it is written in a declaration.</summary>
    private static IEnumerable<string> Attributes(ActivationDefinition activation)
    {
        string flag = activation.Flag is { Value: true } given ? $"({given.Name} = true)" : "";
        // Clip without limits is a layer that does nothing, which an import leaves out.
        if (activation.Kind != "Clip")
            yield return activation.Kind + flag;
        IEnumerable<string> numbers = activation.Numbers.Select((number, index) => $"{number.Name} = {(index == 0 ? "0.125" : "0.625")}");
        if (activation.Numbers.Length > 0)
            yield return $"{activation.Kind}({string.Join(", ", numbers)})";
    }
}
