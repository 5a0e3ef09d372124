// Each test starts processes that take all cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
