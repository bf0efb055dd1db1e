using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>A stream of Hadoop's that is written from here; best in large pieces, since each is one call through the gateway.</summary>
internal sealed class HadoopStream(JavaObject stream) : Stream
{
    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => stream.Call("write", buffer.ToArray());

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => stream.Call("flush");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using (stream) stream.Call("close");
        }
        base.Dispose(disposing);
    }
}
