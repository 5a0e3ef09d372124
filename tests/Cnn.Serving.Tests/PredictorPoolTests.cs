namespace Cnn.Serving.Tests;

public sealed class PredictorPoolTests
{
    private GatedPredictor? _predictor;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 8)]
    [InlineData(3, 8)]
    public async Task Every_request_has_its_own_answer(int workers, int batchSize)
    {
        using PredictorPool<Points> pool = Pool(new() { Workers = workers, BatchSize = batchSize, QueueLength = 1000 });
        float[][] answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Ask(pool, i)));
        for (int i = 0; i < answers.Length; i++)
            Assert.Equal([i + 1, i + 1, i + 1], answers[i]);
        Assert.Equal(1000, _predictor!.Batches.Sum());
        Assert.InRange(_predictor.Batches.Max(), 1, batchSize);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_network_predicts_the_same_bits_as_alone(int batchSize)
    {
        Points network = new(seed: 1);
        using PredictorPool<Points> pool = new(network.CreatePredictor, new() { Workers = 2, BatchSize = batchSize });
        using IPredictor alone = network.CreatePredictor();
        Random random = new(1);
        float[][] inputs = [.. Enumerable.Range(0, 200).Select(_ => new[] { random.NextSingle(), random.NextSingle(), random.NextSingle() })];
        IReadOnlyList<ClassScore>[] scores = await Task.WhenAll(inputs.Select(input => pool.TopAsync(input, 4, cancellation: Cancellation)));
        float[] outputs = new float[4];
        for (int i = 0; i < inputs.Length; i++)
        {
            alone.Predict(inputs[i], outputs);
            Assert.All(scores[i], score => Assert.Equal(outputs[score.Class], score.Output));
            Assert.Equal(alone.Classify(inputs[i]), await pool.ClassifyAsync(inputs[i], Cancellation));
        }
    }

    [Fact]
    public async Task Requests_that_wait_are_computed_together()
    {
        using PredictorPool<Points> pool = Pool(new() { Workers = 1, BatchSize = 4, BatchDelay = TimeSpan.FromMilliseconds(20) });
        _predictor!.Gate.Reset();
        Task<float[]> first = Ask(pool, 0);
        await _predictor.Entered.WaitAsync(Cancellation);
        Task<float[]>[] others = [.. Enumerable.Range(1, 6).Select(i => Ask(pool, i))];
        _predictor.Gate.Set();
        await Task.WhenAll(others.Append(first));
        Assert.Equal([1, 4, 2], _predictor.Batches);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_computes_what_it_has()
    {
        using PredictorPool<Points> pool = Pool(new() { Workers = 1, QueueLength = 2 });
        _predictor!.Gate.Reset();
        Task<float[]> running = Ask(pool, 0);
        await _predictor.Entered.WaitAsync(Cancellation);
        Task<float[]>[] waiting = [Ask(pool, 1), Ask(pool, 2)];
        PredictorPoolFullException exception = await Assert.ThrowsAsync<PredictorPoolFullException>(() => Ask(pool, 3));
        Assert.Equal(2, exception.QueueLength);
        Assert.Equal(2, pool.Waiting);
        _predictor.Gate.Set();
        await Task.WhenAll(waiting.Append(running));
        Assert.Equal(0, pool.Waiting);
        Assert.Equal(new float[] { 5, 5, 5 }, await Ask(pool, 4));
    }

    [Fact]
    public async Task A_cancelled_request_makes_room_and_is_not_computed()
    {
        using PredictorPool<Points> pool = Pool(new() { Workers = 1, QueueLength = 1 });
        _predictor!.Gate.Reset();
        Task<float[]> running = Ask(pool, 0);
        await _predictor.Entered.WaitAsync(Cancellation);
        using CancellationTokenSource source = new();
        Task cancelled = pool.PredictAsync(new float[3], new float[3], source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Task<float[]> next = Ask(pool, 2);
        _predictor.Gate.Set();
        Assert.Equal(new float[] { 3, 3, 3 }, await next);
        await running;
        Assert.Equal([1, 1], _predictor.Batches);
    }

    [Fact]
    public async Task What_is_being_computed_is_finished_before_its_task_ends()
    {
        using PredictorPool<Points> pool = Pool(new() { Workers = 1 });
        _predictor!.Gate.Reset();
        using CancellationTokenSource source = new();
        float[] outputs = new float[3];
        Task request = pool.PredictAsync(new float[3], outputs, source.Token);
        await _predictor.Entered.WaitAsync(Cancellation);
        await source.CancelAsync();
        Assert.False(request.IsCompleted);
        _predictor.Gate.Set();
        await request;
        Assert.Equal([1, 1, 1], outputs);
    }

    [Fact]
    public async Task A_failure_is_the_callers_and_the_worker_goes_on()
    {
        using PredictorPool<Points> pool = Pool(new() { Workers = 1 });
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ask(pool, -1));
        Assert.Equal(new float[] { 8, 8, 8 }, await Ask(pool, 7));
    }

    [Fact]
    public async Task Disposing_fails_what_waits_finishes_what_runs_and_disposes_all_predictors()
    {
        PredictorPool<Points> pool = Pool(new() { Workers = 2 });
        _predictor!.Gate.Reset();
        Task<float[]>[] running = [Ask(pool, 0), Ask(pool, 1)];
        await _predictor.Entered.WaitAsync(Cancellation);
        await _predictor.Entered.WaitAsync(Cancellation);
        Task<float[]> waiting = Ask(pool, 2);
        Task disposing = pool.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.False(disposing.IsCompleted);
        _predictor.Gate.Set();
        await disposing;
        Assert.Equal(new float[] { 1, 1, 1 }, await running[0]);
        Assert.Equal(new float[] { 2, 2, 2 }, await running[1]);
        Assert.Equal(0, _predictor.Alive);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Ask(pool, 3));
        pool.Dispose();
    }

    [Fact]
    public async Task Lengths_that_do_not_fit_are_refused()
    {
        using PredictorPool<Points> pool = Pool(new() { Workers = 1 });
        await Assert.ThrowsAsync<ArgumentException>(() => pool.PredictAsync(new float[2], new float[3], Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => pool.PredictAsync(new float[3], new float[4], Cancellation));
    }

    [Fact]
    public void A_predictor_that_takes_fewer_at_a_time_is_refused()
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => new PredictorPool<Points>(_ => new Points().CreatePredictor(), new() { BatchSize = 2 }));
        Assert.Contains("takes 1 input at a time", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<float[]> Ask(PredictorPool<Points> pool, float value)
    {
        float[] outputs = new float[3];
        await pool.PredictAsync(new[] { value, value, value }, outputs, Cancellation);
        return outputs;
    }

    private PredictorPool<Points> Pool(PredictorPoolOptions options) => new(predictor => _predictor = new GatedPredictor(predictor), options);
}
