using System.Globalization;

// The first start trains; dotnet run -- --images FOLDER says on what: see README.md.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
if (!File.Exists(Learning.WeightsFile))
{
    (Cnn.Data.ImageDataset train, Cnn.Data.ImageDataset test) = Learning.Load(builder.Configuration["images"]);
    Learning.Train(train, test);
}

// Clones share the weights of the first; each request has one of its own, because a predictor serves one caller at a time.
using LeNet.Predictor shared = LeNet.Load(Learning.WeightsFile).CreatePredictor();
RequestDelegate help = context => context.Response.WriteAsync($"POST {LeNet.InputLength} bytes, 28 rows of 28 grey pixels, to /predict\n");
RequestDelegate predict = async context =>
{
    byte[] pixels = new byte[LeNet.InputLength + 1];
    int length = await context.Request.Body.ReadAtLeastAsync(pixels, pixels.Length, throwOnEndOfStream: false, context.RequestAborted);
    if (length != LeNet.InputLength)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        await context.Response.WriteAsync($"{LeNet.InputLength} bytes are needed: 28 rows of 28 grey pixels.\n");
        return;
    }

    using LeNet.Predictor predictor = Clone(shared);
    int found = predictor.Classify([.. pixels.AsSpan(0, length).ToArray().Select(pixel => pixel / 255f)]);
    await context.Response.WriteAsync(found.ToString(CultureInfo.InvariantCulture) + "\n");
};

// With their type said: ASP.NET's generator, which looks at lambdas, does not see what Cnn's generator adds to the network.
using WebApplication app = builder.Build();
app.MapGet("/", help);
app.MapPost("/predict", predict);
app.Run();

static LeNet.Predictor Clone(LeNet.Predictor predictor)
{
    lock (predictor)
        return predictor.Clone();
}
