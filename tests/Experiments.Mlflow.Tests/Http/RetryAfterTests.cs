using System.Net;
using Experiments.Mlflow.Http;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Mlflow.Tests.Http;

public sealed class RetryAfterTests
{
    [Fact]
    public async Task The_server_says_when_to_come_again()
    {
        var time = new FakeTimeProvider();
        var options = new MlflowRetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1), TotalTimeout = TimeSpan.FromHours(2) };
        var pipeline = RetryPolicy.Build(options, time, bodyBytes: 0);
        var calls = 0;

        var answer = pipeline.ExecuteAsync(_ =>
        {
            calls++;
            var response = new HttpResponseMessage(calls == 1 ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK);
            response.Headers.RetryAfter = new(TimeSpan.FromMinutes(10));
            return ValueTask.FromResult(response);
        }, TestContext.Current.CancellationToken).AsTask();

        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(1, calls);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
        Assert.Equal(2, calls);
    }

    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(501, false)]
    public void The_statuses_worth_another_try_are_the_python_clients(int status, bool isTransient) =>
        Assert.Equal(isTransient, RetryPolicy.IsTransient((HttpStatusCode)status));
}
