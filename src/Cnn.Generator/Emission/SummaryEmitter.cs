using System.Globalization;
using Cnn.Generator.Model;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the network's table: as documentation on the class, and as the value of Summary.</summary>
internal static class SummaryEmitter
{
    public static void EmitTable(SourceWriter writer, ShapedNetwork network)
    {
        writer.Line("/// <remarks>");
        writer.Line("/// <list type=\"table\">");
        writer.Line("/// <listheader><term>layer</term><description>output, parameters, multiply-adds, receptive field</description></listheader>");
        foreach (ShapedLayer layer in network.Layers)
        {
            string field = layer.ReceptiveField.Length == 0 ? "-" : string.Join("x", layer.ReceptiveField.Select(Number));
            writer.Line($"/// <item><term>{layer.Spec.Name}</term><description>{layer.OutputShape}, {Grouped(layer.ParameterCount)}, "
                + $"{Grouped(layer.MultiplyAdds)}, {field}</description></item>");
        }

        writer.Line("/// </list>");
        writer.Line($"/// {Grouped(network.Layers.Sum(static layer => layer.ParameterCount))} parameters, "
            + $"{Grouped(network.Layers.Sum(static layer => layer.MultiplyAdds))} multiply-adds an input.");
        writer.Line("/// </remarks>");
    }

    /// <summary>What files hold, as documentation on the property that gives access to it.</summary>
    public static void EmitParameterTable(SourceWriter writer, ShapedNetwork network)
    {
        writer.Line(
            "/// <summary>The parameters in the order of their layers, by name, as <c>net.Parameters[\"conv1.weight\"]</c>, in PyTorch's shapes.</summary>");
        writer.Line("/// <remarks>");
        writer.Line("/// <list type=\"table\">");
        writer.Line("/// <listheader><term>parameter</term><description>shape</description></listheader>");
        foreach (ParameterShape parameter in network.Layers.SelectMany(static layer => layer.Parameters))
        {
            string frozen = parameter.IsTrainable ? string.Empty : ", not trained";
            writer.Line($"/// <item><term>{parameter.Name}</term><description>{string.Join("x", parameter.Shape.Select(Number))}{frozen}</description></item>");
        }

        writer.Line("/// </list>");
        writer.Line("/// </remarks>");
    }

    public static void EmitProperty(SourceWriter writer, ShapedNetwork network)
    {
        writer.Line("public static _cnn::NetworkSummary Summary { get; } = new(");
        writer.Line($"    \"{network.Type.Name}\",");
        writer.Line($"    [{string.Join(", ", network.Inputs.Select(port => Port(network, port)))}],");
        writer.Line($"    [{string.Join(", ", network.Outputs.Select(port => Port(network, port)))}],");
        for (int index = 0; index < network.Layers.Length; index++)
        {
            ShapedLayer layer = network.Layers[index];
            string end = index == network.Layers.Length - 1 ? ");" : ",";
            writer.Line($"    new _cnn::LayerSummary(\"{layer.Spec.Name}\", \"{layer.Spec.Kind}\", {Shape(layer.OutputShape)}, {Number(layer.ParameterCount)}, "
                + $"{Number(layer.MultiplyAdds)}, [{string.Join(", ", layer.ReceptiveField.Select(Number))}]){Structure(network, layer)}{end}");
        }
    }

    /// <summary>Where the layer's inputs come from, and its arguments: what an exporter needs beside the shapes.</summary>
    private static string Structure(ShapedNetwork network, ShapedLayer layer)
    {
        List<string> members = [];
        if (layer.Inputs.Length > 0)
            members.Add($"Inputs = [{string.Join(", ", layer.Inputs.Select(input => $"\"{network.Layers[input].Spec.Name}\""))}]");
        string arguments = string.Join(" ", layer.Spec.Resolve(layer).Select(static argument => argument.Name + "=" + argument.Text));
        if (arguments.Length > 0)
            members.Add($"Arguments = \"{arguments}\"");
        return members.Count == 0 ? "" : $" {{ {string.Join(", ", members)} }}";
    }

    private static string Port(ShapedNetwork network, ShapedPort port)
    {
        string element = port.Element == PortElement.UInt8 ? ", Element = _cnn::PortElement.UInt8" : string.Empty;
        return $"new _cnn::Port(\"{port.Name}\", [{string.Join(", ", port.CallersShape.Select(Number))}], {Number(port.Shape.Length)}, "
            + $"_cnn::DataLayout.{port.Layout}) {{ Layer = \"{network.Layers[port.Layer].Spec.Name}\"{element} }}";
    }

    private static string Shape(TensorShape shape) => $"[{string.Join(", ", new[] { shape.Channels }.Concat(shape.Axes).Select(Number))}]";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
