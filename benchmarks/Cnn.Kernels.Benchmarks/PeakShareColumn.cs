using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Cnn.Tool.Measuring;

namespace Cnn.Kernels.Benchmarks;

/// <summary>The layer's multiply-adds over its mean time, as a share of the FMA peak, which is measured once the benchmarks have run.</summary>
internal sealed class PeakShareColumn : IColumn
{
    private static readonly Lazy<double> Peak = new(static () =>
    {
        using PeakMeter meter = new(1);
        return Enumerable.Range(0, 20).Max(_ => meter.Measure());
    });

    public string Id => nameof(PeakShareColumn);

    public string ColumnName => "Of peak";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Multiply-adds (a step: twice those of a prediction) over the mean time, as a share of the FMA peak of one core";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        if (summary[benchmarkCase]?.ResultStatistics is not { } statistics)
            return "-";
        string layer = (string)benchmarkCase.Parameters[nameof(LayerBenchmarks.Layer)];
        int batch = (int)benchmarkCase.Parameters[nameof(LayerBenchmarks.Batch)];
        int passes = benchmarkCase.Descriptor.WorkloadMethod.Name == nameof(LayerBenchmarks.Step) ? 2 : 1;
        double multiplyAdds = (double)LayerNetworks.Create(layer).Summary.MultiplyAdds * batch * passes;
        return multiplyAdds == 0 ? "-" : $"{multiplyAdds / (statistics.Mean * 1e-9) / Peak.Value * 100:F0} %";
    }
}
