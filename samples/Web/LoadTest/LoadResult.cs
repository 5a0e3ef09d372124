using System.Globalization;

namespace WebSample.LoadTest;

/// <summary>What came of a run. Times are of the attempts that were answered, from sending to the whole answer.</summary>
internal sealed record LoadResult(
    int Requests, int Clients, int Right, int Wrong, int Lost, int Refused, int Interrupted,
    TimeSpan Time, TimeSpan Median, TimeSpan Percentile99, TimeSpan Longest)
{
    public bool IsRight => Right == Requests && Wrong == 0 && Lost == 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Requests} requests by {Clients} clients in {Time.TotalSeconds:0.00} s: {Requests / Time.TotalSeconds:0} a second; "
        + $"median {Median.TotalMilliseconds:0.00} ms, p99 {Percentile99.TotalMilliseconds:0.00} ms, longest {Longest.TotalMilliseconds:0.0} ms; "
        + $"{Right} right, {Wrong} wrong, {Lost} lost, {Refused} refused and sent again, {Interrupted} interrupted and sent again");
}
