using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Peers.Tests.Torch;

/// <summary>Answers of libtorch in double, for many networks in one process.</summary>
internal static class TorchRun
{
    private static readonly string[] Programs = ["python3", "/usr/bin/python3"];

    /// <summary>A Python that has PyTorch, as Debian's package python3-torch gives to Debian's own; null where there is none.</summary>
    public static string? Program { get; } = Programs.FirstOrDefault(program => Start(program, "-c", "import torch, numpy").IsDone);

    /// <returns>The answers of each network under the names of <see cref="ProductRun"/>'s.</returns>
    public static IReadOnlyList<Dictionary<string, float[]>> Run(IReadOnlyList<NetworkCase> cases)
    {
        string folder = Directory.CreateTempSubdirectory("cnn-torch-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "networks.json"), new JsonArray([.. cases.Select(TorchDescription.Of)]).ToJsonString());
            Data(cases).Write(Path.Combine(folder, "data.safetensors"));
            (bool isDone, string text) = Start(Program!, Path.Combine(AppContext.BaseDirectory, "Torch", "torch_answers.py"), folder);
            Assert.True(isDone, text);
            return Answers(TensorFile.Read(Path.Combine(folder, "answers.safetensors")), cases.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TensorFile Data(IReadOnlyList<NetworkCase> cases)
    {
        TensorFile data = new();
        for (int index = 0; index < cases.Count; index++)
        {
            void Add(string name, float[] values) => data.Add($"{index}/{name}", [values.Length], values);
            Add("inputs", cases[index].Inputs);
            Add("targets", cases[index].Targets);
            IReadOnlyDictionary<string, IReadOnlyList<int>> shapes = new OracleNetwork(cases[index].Description).Parameters
                .ToDictionary(parameter => parameter.Name, parameter => parameter.Shape);
            foreach ((string name, float[] values) in cases[index].Parameters)
                data.Add($"{index}/{name}", [.. shapes[name]], values);
        }

        return data;
    }

    private static Dictionary<string, float[]>[] Answers(TensorFile file, int count)
    {
        Dictionary<string, float[]>[] answers = [.. Enumerable.Range(0, count).Select(_ => new Dictionary<string, float[]>())];
        foreach (NamedTensor tensor in file.Tensors)
        {
            int slash = tensor.Name.IndexOf('/', StringComparison.Ordinal);
            int index = int.Parse(tensor.Name[..slash], CultureInfo.InvariantCulture);
            answers[index].Add(tensor.Name[(slash + 1)..], file.Reals(tensor.Name, (int)tensor.Shape[0]));
        }

        return answers;
    }

    private static (bool IsDone, string Text) Start(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            process.WaitForExit();
            return (process.ExitCode == 0, text);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (false, exception.Message);
        }
    }
}
