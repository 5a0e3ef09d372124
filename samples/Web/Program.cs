using WebSample;

await using WebApplication app = DigitService.Create(args);
await app.RunAsync();
