// Tests switch the process's instruction set, count the process's allocations and measure time: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
