using Cnn.CompilerServices;

namespace Cnn.Runtime.Tests.Threading;

public sealed class ThreadSupportTests
{
    [Fact]
    public void This_machine_can_start_threads() => Assert.True(ThreadSupport.IsAvailable);

    [Fact]
    public void Where_threads_can_be_started_0_is_all_cores_and_other_numbers_are_honoured()
    {
        Assert.Equal(Environment.ProcessorCount, ThreadSupport.Count(0, available: true));
        Assert.Equal(1, ThreadSupport.Count(1, available: true));
        Assert.Equal(1000, ThreadSupport.Count(1000, available: true));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Where_they_cannot_the_callers_works_alone(int threads) => Assert.Equal(1, ThreadSupport.Count(threads, available: false));

    [Fact]
    public void Where_they_cannot_more_are_refused_with_the_reason_and_the_way_out()
    {
        string message = Assert.Throws<PlatformNotSupportedException>(() => ThreadSupport.Count(4, available: false)).Message;
        Assert.All(new[] { "is 4", "WebAssembly", "Give 1, or 0" }, part => Assert.Contains(part, message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_negative_number_is_refused_everywhere(bool available)
        => Assert.Equal("threads", Assert.Throws<ArgumentOutOfRangeException>(() => ThreadSupport.Count(-1, available)).ParamName);
}
