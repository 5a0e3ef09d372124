using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Cnn.Kernels.Benchmarks;
using Perfolizer.Horology;

// In this process: what BenchmarkDotNet would build anew is this program, and the priority that it was started with stays.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.Default
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithIterationTime(TimeInterval.FromMilliseconds(40))
        .WithWarmupCount(4)
        .WithIterationCount(11))
    .AddColumn(new PeakShareColumn());
BenchmarkSwitcher.FromTypes([typeof(LayerBenchmarks)]).Run(args, config);
