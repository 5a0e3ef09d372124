using System.Globalization;
using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Build;

/// <summary>Looks through a weights file and tells what is in it, however damaged it is.</summary>
internal static class ManifestBuilder
{
    public static WeightsManifest Describe(string path)
    {
        WeightsManifest manifest = new() { File = Path.GetFileName(path) };
        if (!File.Exists(path))
            return manifest with { Damage = $"there is no file '{path}'; put it there, or mend the Include of <CnnWeights>" };
        List<WeightsTensor> tensors = [];
        string damage = "";
        try
        {
            using FileStream stream = File.OpenRead(path);
            SafetensorsReader reader = new(stream, manifest.File, mayEndEarly: true);
            bool isWhole = true;
            long dataStart = stream.Position;
            foreach (TensorEntry entry in reader.Entries)
            {
                (WeightsFlaw flaw, string details) = isWhole ? Flaw(reader, entry) : (WeightsFlaw.CutOff, "");
                isWhole = flaw != WeightsFlaw.CutOff;
                if (!isWhole)
                    details = CutOff(entry, stream.Length - dataStart);
                if (!WeightsFile.IsIgnored(entry.Name))
                    tensors.Add(new WeightsTensor(entry.Name, entry.Type.Name, entry.Shape.ToEquatableArray(), flaw, details));
            }

            if (isWhole)
                reader.Finish();
        }
        catch (Exception exception) when (exception is WeightsException or IOException or UnauthorizedAccessException)
        {
            damage = exception.Message.TrimEnd('.');
        }

        return manifest with { Damage = damage, Tensors = tensors.ToEquatableArray() };
    }

    private static (WeightsFlaw Flaw, string Details) Flaw(SafetensorsReader reader, TensorEntry entry)
    {
        try
        {
            if (entry.Type.Kind == ElementKind.Real)
                return ProblemList.NotFinite(reader.ReadReals(entry)) is { } found ? (WeightsFlaw.NotFinite, found) : (WeightsFlaw.None, "");
            reader.Skip(entry);
            return (WeightsFlaw.Type, "");
        }
        catch (WeightsException)
        {
            return (WeightsFlaw.CutOff, "");
        }
    }

    private static string CutOff(TensorEntry entry, long following) => string.Create(
        CultureInfo.InvariantCulture, $"{Math.Clamp(following - entry.Begin, 0, entry.End - entry.Begin)} of its {entry.End - entry.Begin} bytes");
}
