using System.Globalization;
using WebSample.LoadTest;

// load-test [--requests N] [--clients N] [--kill] PROGRAM [its options]
int requests = 10_000;
int clients = 16;
bool kills = false;
int at = 0;
for (; at < args.Length && args[at].StartsWith("--", StringComparison.Ordinal); at++)
{
    switch (args[at])
    {
        case "--requests":
            requests = int.Parse(args[++at], CultureInfo.InvariantCulture);
            break;
        case "--clients":
            clients = int.Parse(args[++at], CultureInfo.InvariantCulture);
            break;
        case "--kill":
            kills = true;
            break;
        default:
            Console.Error.WriteLine($"There is no option {args[at]}.");
            return 2;
    }
}

if (at >= args.Length || requests is < 1 or > 100_000 || clients is < 1 or > 256)
{
    Console.Error.WriteLine("load-test [--requests 10000] [--clients 16] [--kill] PROGRAM [its options]; at most 100,000 requests by 256 clients.");
    return 2;
}

await using ServerProcess server = new(args[at], args[(at + 1)..]);
await server.StartAsync();
LoadRun run = new(server, DigitFiles.Create(500), requests, clients, kills);
LoadResult result = await run.RunAsync();
Console.WriteLine(result);
return result.IsRight ? 0 : 1;
