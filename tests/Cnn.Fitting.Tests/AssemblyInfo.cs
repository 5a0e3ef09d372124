// Tests measure time and memory, and start processes: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
