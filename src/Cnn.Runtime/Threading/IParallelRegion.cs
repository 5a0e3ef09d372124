using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>What every worker of a team does together: one run of a network.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IParallelRegion
{
    /// <summary>One worker's part, called once on each worker. All workers must meet at the same barriers.</summary>
    /// <param name="worker">Who this is, and of how many.</param>
    void Run(in Worker worker);
}
