using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace Experiments.Mlflow.Http;

/// <summary>
/// A part of a stream as a body with a Content-Length. The stream stays open for another try. A file that grows meanwhile is sent
/// as long as it was; one that shrinks is an error.
/// </summary>
internal sealed class StreamedBody : HttpContent
{
    private readonly Stream _stream;
    private readonly long _start;
    private readonly long _length;

    public StreamedBody(Stream stream, long start, long length)
    {
        (_stream, _start, _length) = (stream, start, length);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Headers.ContentLength = length;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _stream.Position = _start;
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            for (var left = _length; left > 0;)
            {
                var read = await _stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
                if (read == 0)
                {
                    throw new MlflowException(MlflowErrorCode.InvalidParameterValue, "the content became shorter while it was uploaded");
                }

                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
