using System.Globalization;
using Cnn.Onnx.Check;
using LeNetSample;

// Every network of this program: exported, run by ONNX Runtime, and compared with our own predictor. And networks that samples/LeNet has trained, on digits.
//   dotnet run -c Release --project benchmarks/Cnn.Onnx.Check [-- lenet.safetensors ...]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int RandomImages = 3, Digits = 100;
int failures = 0;
int checkedNetworks = 0;
foreach (Type type in typeof(Program).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(INetwork)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal))
{
    INetwork network = RandomNetwork.Create(type);
    Check(type.Name, network, RandomNetwork.Inputs(RandomImages * network.InputLength));
}

foreach (string weights in args)
{
    INetwork network = SavedNetwork.Load(weights);
    Check($"{network.Summary.Name}, trained", network, TrainedNetwork.Inputs(Digits));
}

Console.WriteLine($"{checkedNetworks - failures} of {checkedNetworks} networks agree with ONNX Runtime within {Comparison.Tolerance:E0} (1 + the output).");
return failures == 0 && checkedNetworks > 0 ? 0 : 1;

void Check(string name, INetwork network, float[] inputs)
{
    Comparison comparison = Comparison.Of(network, inputs);
    checkedNetworks++;
    bool agrees = comparison.Excess <= 0;
    if (!agrees)
        failures++;
    Console.WriteLine($"{(agrees ? "agrees" : "DIFFERS"),-8} {name,-28} largest difference {comparison.Difference:E1} of outputs up to {comparison.Largest:G4}{comparison.Note}");
}
