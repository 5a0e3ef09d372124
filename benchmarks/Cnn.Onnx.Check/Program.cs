using System.Globalization;
using System.Reflection;
using Cnn.Onnx.Check;

// Every network of this program: exported, run by ONNX Runtime, and compared with our own predictor.
//   dotnet run -c Release --project benchmarks/Cnn.Onnx.Check [-- lenet.safetensors]   (weights of the LeNet sample instead of random ones)
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int failures = 0;
int checkedNetworks = 0;
foreach (Type type in typeof(Program).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(INetwork)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal))
{
    string? weights = type.Name == "LeNet" && args.Length > 0 ? args[0] : null;
    INetwork network = weights is null
        ? RandomNetwork.Create(type)
        : (INetwork)type.InvokeMember("Load", BindingFlags.Static | BindingFlags.Public | BindingFlags.InvokeMethod, null, null, [weights])!;
    Comparison comparison = Comparison.Of(network);
    checkedNetworks++;
    bool agrees = comparison.Excess <= 0;
    if (!agrees)
        failures++;
    Console.WriteLine($"{(agrees ? "agrees" : "DIFFERS"),-8} {type.Name,-28} largest difference {comparison.Difference:E1} of outputs up to {comparison.Largest:G4}{comparison.Note}");
}

Console.WriteLine($"{checkedNetworks - failures} of {checkedNetworks} networks agree with ONNX Runtime within {Comparison.Tolerance:E0} (1 + the output).");
return failures == 0 && checkedNetworks > 0 ? 0 : 1;
