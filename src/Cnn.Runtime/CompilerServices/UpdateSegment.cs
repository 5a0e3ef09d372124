namespace Cnn.CompilerServices;

/// <summary>Parameters that lie side by side and are updated alike.</summary>
/// <param name="Start">The first float, a multiple of 16.</param>
/// <param name="End">The float behind the last, a multiple of 16.</param>
/// <param name="Rate">The learning rate's factor.</param>
/// <param name="Decay">The weight decay.</param>
/// <param name="IsTrained">Whether it is updated at all.</param>
internal readonly record struct UpdateSegment(int Start, int End, float Rate, float Decay, bool IsTrained)
{
    /// <summary>Whether what follows is updated as this is.</summary>
    public bool IsLike(UpdateSegment next) => IsTrained == next.IsTrained && (!IsTrained || (Rate == next.Rate && Decay == next.Decay));
}
