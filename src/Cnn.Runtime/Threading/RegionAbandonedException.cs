namespace Cnn.CompilerServices;

/// <summary>Unwinds a worker whose team has failed elsewhere; the team swallows it, and the caller gets the failure itself.</summary>
internal sealed class RegionAbandonedException() : Exception("Another worker of this team failed; its exception is the one to look at.");
