using Cnn.Aot;

// What a program costs that does nothing but answer: the answer's program is measured above this one.
Console.WriteLine(0);
PeakMemory.PrintIfAsked(args);
