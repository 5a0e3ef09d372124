using System.CommandLine;
using Cnn.Tool.Importing;
using Cnn.Tool.Weights;

namespace Cnn.Tool.Commands;

/// <summary>cnn weights: from a PyTorch state dict, or foreign safetensors, to the parameters of a declared network.</summary>
internal static class WeightsCommand
{
    public static Command Create(TextWriter output)
    {
        Argument<string> tensors = new("TENSORS") { Description = "What torch.save wrote, a state dict or a checkpoint, or a safetensors file." };
        NetworkSource source = new();
        Option<string> match = new("--match") { Description = "How tensors are matched: name (default) or order.", DefaultValueFactory = _ => "name" };
        match.AcceptOnlyFromAmong("name", "order");
        Option<string?> map = new("--map") { Description = "A file of lines 'parameter = tensor'." };
        Option<string?> entry = new("--entry") { Description = "Where in a checkpoint the state dict is, as ema.model, if there are several." };
        Option<string?> target = OutputPath.Option("The safetensors file");
        Option<WeightStorage> storage = StorageOption.Create("In what the weights of convolutions and linear layers are written");
        Command command = new("weights", "Convert a PyTorch state dict to the weights of a declared network.") { tensors };
        source.AddTo(command, withWeights: false);
        command.Add(match);
        command.Add(map);
        command.Add(entry);
        command.Add(target);
        command.Add(storage);
        command.SetAction(parsed =>
        {
            IReadOnlyList<(string Name, Tensor Values)> state = StateDictionary.Read(parsed.GetValue(tensors)!, parsed.GetValue(entry));
            INetwork network = source.Create(parsed);
            TensorFile file = parsed.GetValue(map) is { } lines ? WeightMapping.ByMap(network, state, File.ReadLines(lines))
                : parsed.GetValue(match) == "order" ? WeightMapping.ByOrder(network, state)
                : WeightMapping.ByName(network, state);
            string path = OutputPath.Of(parsed.GetValue(target), network.Summary.Name, ".safetensors");
            file.StoredAs(parsed.GetValue(storage)).Write(path);
            output.WriteLine($"{path}: {network.Parameters.Count} tensors of {network.Summary.Name}");
            return 0;
        });
        return command;
    }
}
