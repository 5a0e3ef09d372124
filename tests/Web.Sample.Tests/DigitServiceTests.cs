using System.Net;
using System.Net.Http.Json;
using Cnn;
using Cnn.Imaging;
using EmbeddedLeNet;
using Microsoft.Extensions.DependencyInjection;

namespace WebSample.Tests;

public sealed class DigitServiceTests
{
    private static readonly byte[] Seven = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "seven.png"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--batch", "1")]
    [InlineData("--batch", "8")]
    public async Task A_picture_of_a_seven_is_a_seven_for_everyone_who_asks(params string[] args)
    {
        await using RunningService service = await RunningService.StartAsync([.. args, "--queue", "1000"]);
        DigitAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using HttpResponseMessage response = await service.PostAsync(Seven);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return (await response.Content.ReadFromJsonAsync(DigitJson.Default.DigitAnswer, Cancellation))!;
        }));
        Assert.All(answers, answer =>
        {
            Assert.Equal(7, answer.Digit);
            Assert.InRange(answer.Probability, 0.9f, 1);
            Assert.Equal(3, answer.Digits.Count);
            Assert.Equal(answers[0].Digits, answer.Digits);
        });
    }

    [Fact]
    public async Task What_is_no_picture_is_a_bad_request_with_a_reason()
    {
        await using RunningService service = await RunningService.StartAsync();
        Assert.Contains("empty", await Reason(service, [], HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("no PNG", await Reason(service, "hello"u8.ToArray(), HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("cut off", await Reason(service, Seven[..^20], HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_damage_is_an_answer_or_a_bad_request()
    {
        await using RunningService service = await RunningService.StartAsync();
        Random random = new(1);
        for (int i = 0; i < 100; i++)
        {
            byte[] damaged = [.. Seven];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            using HttpResponseMessage response = await service.PostAsync(damaged);
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge });
        }
    }

    [Fact]
    public async Task More_bytes_or_pixels_than_are_taken_are_too_large()
    {
        await using RunningService service = await RunningService.StartAsync();
        byte[] large = new byte[DigitService.MostBytes + 1];
        Seven.CopyTo(large, 0);
        Assert.NotEmpty(await Reason(service, large, HttpStatusCode.RequestEntityTooLarge));

        // Without a length before it.
        using HttpRequestMessage chunked = new(HttpMethod.Post, "/digits") { Content = new ByteArrayContent(large) };
        chunked.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await service.Client.SendAsync(chunked, Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);

        Picture wide = Picture.FromPixels(new byte[1_000_001], 1_000_001, 1, 1);
        Assert.Contains("1000001x1", await Reason(service, wide.EncodePng(), HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_queue_is_unavailable_for_a_while()
    {
        using BlockedPredictor blocked = new();
        await using RunningService service = await RunningService.StartAsync(
            services: services => services.AddPredictor<LeNet>(_ => blocked, new() { Workers = 1, QueueLength = 1 }));
        Task<HttpResponseMessage> running = service.PostAsync(Seven);
        await blocked.Entered.WaitAsync(Cancellation);
        Task<HttpResponseMessage>[] others = [service.PostAsync(Seven), service.PostAsync(Seven)];
        using HttpResponseMessage refused = await await Task.WhenAny(others);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        blocked.Gate.Set();
        HttpResponseMessage[] answers = await Task.WhenAll(others.Append(running));
        Assert.Equal(2, answers.Count(answer => answer.IsSuccessStatusCode));
    }

    [Fact]
    public async Task It_says_that_it_is_healthy_and_what_it_takes()
    {
        await using RunningService service = await RunningService.StartAsync();
        Assert.Equal("Healthy", await service.Client.GetStringAsync("/health", Cancellation));
        Assert.Contains("/digits", await service.Client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        using HttpResponseMessage get = await service.Client.GetAsync("/digits", Cancellation);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
    }

    [Theory]
    [InlineData(300, 40)]
    [InlineData(3, 900)]
    public void A_picture_that_is_not_square_is_not_distorted(int width, int height)
    {
        byte[] pixels = new byte[width * height];
        pixels.AsSpan().Fill(255);
        float[] values = DigitInput.From(Picture.FromPixels(pixels, width, height, 1));
        Assert.Equal(784, values.Length);
        Assert.All(values, value => Assert.Equal(0, value));
    }

    private static async Task<string> Reason(RunningService service, byte[] file, HttpStatusCode status)
    {
        using HttpResponseMessage response = await service.PostAsync(file);
        Assert.Equal(status, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(DigitJson.Default.Refusal, Cancellation))!.Reason;
    }

    /// <summary>Answers when its gate is opened.</summary>
    private sealed class BlockedPredictor : IPredictor
    {
        private readonly LeNet.Predictor _inner = LeNet.Pretrained;

        public SemaphoreSlim Entered { get; } = new(0);

        public ManualResetEventSlim Gate { get; } = new();

        public int BatchSize => 1;

        public int InputLength => LeNet.InputLength;

        public int OutputLength => LeNet.OutputLength;

        public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
        {
            Entered.Release();
            Gate.Wait();
            _inner.Predict(inputs, outputs);
        }

        public int Classify(ReadOnlySpan<float> input) => throw new NotSupportedException();

        public IPredictor Clone() => throw new NotSupportedException();

        public void Dispose() => _inner.Dispose();
    }
}
