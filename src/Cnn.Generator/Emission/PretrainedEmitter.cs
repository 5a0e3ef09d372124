using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes how a network gets at the weights that the build put into its assembly.</summary>
internal sealed class PretrainedEmitter(SourceWriter writer, NetworkPlan plan)
{
    private readonly string _name = NetworkEmitter.Identifier(plan.Network.Type.Name);
    private readonly string _type = NetworkEmitter.FullName(plan.Network.Type);

    /// <summary>The members alone, where there are no weights to be had.</summary>
    public static void EmitStub(SourceWriter writer, TypeSpec type, string action)
    {
        if (type.PretrainedMember is not null)
            return;
        writer.Line($"public static Predictor Pretrained => {action};");
        writer.Line($"public static Predictor CreatePretrained(_cnn::PredictorOptions options = null) => {action};");
    }

    /// <summary>A trace needs the parameters before they are folded.</summary>
    private void EmitLoading()
    {
        writer.Line();
        using (writer.Block("protected override _run::NetworkCore? LoadEmbedded()"))
        {
            writer.Line("using _sys::IO.Stream? file = Embedded.OpenFile();");
            writer.Line($"return file is null ? null : {_type}.Load(file)._core;");
        }
    }

    public void Emit(EmbeddedWeights embedded)
    {
        if (!embedded.Fits)
        {
            using (writer.Block($"partial class {_name}"))
                EmitStub(writer, plan.Network.Type, "throw new _sys::InvalidOperationException(\"The weights do not fit.\")");
            return;
        }

        using (writer.Block($"partial class {_name}"))
        {
            writer.Line("/// <summary>");
            writer.Line("/// A predictor with the weights inside this assembly, for one input at a time, on one thread: "
                + "a new one whenever this is read, and yours to dispose. All of them");
            writer.Line("/// share the weights, which are read when the first is made.");
            writer.Line("/// </summary>");
            writer.Line("/// <exception cref=\"_cnn::WeightsException\">The assembly was built from another declaration.</exception>");
            writer.Line("public static Predictor Pretrained => CreatePretrained();");
            writer.Line();
            writer.Line("/// <summary>A predictor with the weights inside this assembly.</summary>");
            writer.Line("/// <param name=\"options\">Batch size and threads; without them, one input at a time on one thread.</param>");
            writer.Line("/// <exception cref=\"_cnn::WeightsException\">The assembly was built from another declaration.</exception>");
            writer.Line("public static Predictor CreatePretrained(_cnn::PredictorOptions? options = null) => new(Predictor.Embedded.Packed, options);");
            writer.Line();
            using (writer.Block("partial class Predictor"))
            {
                writer.Line("/// <summary>Folded and packed when the assembly was built.</summary>");
                writer.Line($"internal static readonly _run::EmbeddedWeights Embedded = new(typeof({_type}).Assembly, \"{embedded.Resource}\", "
                    + $"{Expressions.Number(plan.Predictor.PackedFloats)}, "
                    + $"{PackingFingerprint.Of(plan.Predictor).ToString(System.Globalization.CultureInfo.InvariantCulture)});");
                writer.Line();
                writer.Indented("internal Predictor(_run::PackedWeights weights, _cnn::PredictorOptions? options)", ": base(Layout, weights, options)");
                using (writer.Braces())
                {
                }

                if (plan.Trace is not null)
                    EmitLoading();
            }
        }
    }
}
