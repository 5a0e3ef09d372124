using System.Globalization;
using Cnn;
using Cnn.Imaging;
using Cnn.Serving;
using EmbeddedLeNet;

namespace WebSample;

/// <summary>A picture of a digit in, the digit out.</summary>
internal static class DigitService
{
    public const int MostBytes = 1024 * 1024;

    private const int ClassesTold = 3;
    private const int ClientClosedRequest = 499;

    /// <summary>Bounds what a picture takes while it is decoded to 16 MB, whatever its file says.</summary>
    private static readonly DecodeOptions Decoding = new() { MostBytes = MostBytes, MostPixels = 1_000_000, Grey = true, Background = Colour.White };

    /// <summary>The service; it runs when it is started.</summary>
    /// <param name="args">As <c>--urls http://127.0.0.1:8080 --workers 2 --queue 64 --batch 16</c>.</param>
    /// <param name="services">Services that come before the program's own.</param>
    public static WebApplication Create(string[] args, Action<IServiceCollection>? services = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = MostBytes);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, DigitJson.Default));
        services?.Invoke(builder.Services);
        builder.Services.AddPredictor<LeNet>(LeNet.CreatePretrained, new PredictorPoolOptions
        {
            Workers = Number(builder.Configuration, "workers", 0),
            QueueLength = Number(builder.Configuration, "queue", 256),
            BatchSize = Number(builder.Configuration, "batch", 1),
        });
        builder.Services.AddHealthChecks().AddPredictor<LeNet>();

        WebApplication app = builder.Build();

        // Weights that are wrong are told when the program starts, and not to the first who asks.
        app.Services.GetRequiredService<PredictorPool<LeNet>>();
        app.MapGet("/", () => "POST a PNG, JPEG, WebP or BMP picture of one digit to /digits.\n");
        app.MapHealthChecks("/health");
        app.MapPost("/digits", Read);
        return app;
    }

    private static async Task<IResult> Read(HttpRequest request, PredictorPool<LeNet> pool, CancellationToken cancellation)
    {
        try
        {
            Picture picture = await Picture.DecodeAsync(request.Body, Decoding, cancellation);
            IReadOnlyList<ClassScore> scores = await pool.TopAsync(DigitInput.From(picture), ClassesTold, cancellation: cancellation);
            DigitScore[] digits = [.. scores.Select(score => new DigitScore(score.Class, score.Probability))];
            return TypedResults.Json(new DigitAnswer(digits[0].Digit, digits[0].Probability, digits), DigitJson.Default.DigitAnswer);
        }
        catch (PictureException exception)
        {
            int status = exception.Fault == PictureFault.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
            return Refused(status, exception.Message);
        }
        catch (BadHttpRequestException exception)
        {
            return Refused(exception.StatusCode, exception.Message);
        }
        catch (PredictorPoolFullException exception)
        {
            request.HttpContext.Response.Headers.RetryAfter = "1";
            return Refused(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
        catch (ObjectDisposedException)
        {
            return Refused(StatusCodes.Status503ServiceUnavailable, "The service is being stopped.");
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && cancellation.IsCancellationRequested)
        {
            // Nobody is there any more to read it; it stands in logs.
            return TypedResults.StatusCode(ClientClosedRequest);
        }
    }

    private static IResult Refused(int status, string reason) => TypedResults.Json(new Refusal(reason), DigitJson.Default.Refusal, statusCode: status);

    private static int Number(IConfiguration configuration, string name, int otherwise)
    {
        if (configuration[name] is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ArgumentException($"--{name} is '{text}': give a whole number.");
    }
}
