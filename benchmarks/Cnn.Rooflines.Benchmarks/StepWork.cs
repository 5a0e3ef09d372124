namespace Cnn.Rooflines.Benchmarks;

/// <summary>The work of a step in one pass, whose images and strips may call it often.</summary>
/// <param name="Name">The step's method.</param>
/// <param name="MultiplyAdds">As they are done: by tiles, and with the lanes that hold nothing.</param>
/// <param name="Floats">What it reads and writes once at least, by where that lies.</param>
internal sealed record StepWork(string Name, double MultiplyAdds, IReadOnlyDictionary<Level, double> Floats)
{
    public double MoveNanoseconds(Roofs roofs) => Floats.Sum(pair => pair.Value / roofs.Floats[pair.Key]);

    /// <summary>The least time: arithmetic and movement overlap at best.</summary>
    public double LimitNanoseconds(Roofs roofs) => Math.Max(MultiplyAdds / roofs.MultiplyAdds, MoveNanoseconds(roofs));

    /// <summary>Of the same step, called more than once.</summary>
    public static StepWork Sum(IEnumerable<StepWork> calls) => calls.Aggregate(static (all, call) => all with
    {
        MultiplyAdds = all.MultiplyAdds + call.MultiplyAdds,
        Floats = Enum.GetValues<Level>().ToDictionary(
            static level => level, level => all.Floats.GetValueOrDefault(level) + call.Floats.GetValueOrDefault(level)),
    });
}
