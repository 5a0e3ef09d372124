// Tests switch the process's instruction set and count the process's allocations: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
