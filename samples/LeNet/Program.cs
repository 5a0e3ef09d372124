using LeNetSample.Commands;
using LeNetSample.Display;

return SampleCommandLine.Run(args, Terminal.OfProcess());
