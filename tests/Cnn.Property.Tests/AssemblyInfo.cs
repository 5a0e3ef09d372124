// Tests switch the process's instruction set: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
