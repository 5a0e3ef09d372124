using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Threading;

internal delegate void RegionBody(in Worker worker);

/// <summary>A region from a lambda.</summary>
internal sealed class Region(RegionBody body) : IParallelRegion
{
    public void Run(in Worker worker) => body(worker);
}

/// <summary>A region that does nothing but meet.</summary>
internal sealed class BarrierRegion(int barriers) : IParallelRegion
{
    private int _calls;

    public int Calls => _calls;

    public void Run(in Worker worker)
    {
        for (int i = 0; i < barriers; i++)
            worker.Barrier();
        Interlocked.Increment(ref _calls);
    }
}
