using System.Net;
using System.Net.Sockets;
using System.Text;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Tests.Spark;

/// <summary>The bytes of the gateway protocol, against a server that plays the JVM.</summary>
public sealed class GatewayProtocolTests
{
    // Found wherever it stands.
    private const string Secret = "Geheim-51c9";

    [Theory]
    [InlineData(null, "n")]
    [InlineData(true, "btrue")]
    [InlineData(5, "i5")]
    [InlineData(5L, "L5")]
    [InlineData(0.1, "d0.1")]
    [InlineData(double.NegativeInfinity, "d-Infinity")]
    [InlineData("", "s")]
    [InlineData("a\\b\nc\rd", "sa\\\\b\\nc\\rd")]
    public void An_argument_is_its_type_and_its_text(object? value, string text) => Assert.Equal(text, GatewayProtocol.Argument(value));

    [Fact]
    public void Decimals_and_bytes_are_arguments_too()
    {
        Assert.Equal("D12.50", GatewayProtocol.Argument(12.50m));
        Assert.Equal("jAQI=", GatewayProtocol.Argument(new byte[] { 1, 2 }));
        Assert.Throws<ArgumentException>(() => GatewayProtocol.Argument(new DateOnly(2026, 1, 1)));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("line\nfeed, return\r, back\\slash, \\n as text")]
    [InlineData("\u2028 emoji 🎉")]
    public void Text_comes_back_as_it_went(string text) => Assert.Equal(text, GatewayProtocol.Unescape(GatewayProtocol.Escape(text)));

    [Fact]
    public void A_call_is_sent_and_its_reply_read_in_pieces()
    {
        using var server = new FakeGateway(("c\nz:java.lang.Math\nmax\ni1\ni2\ne\n", ["!y", "i2\n"]), ("c\no1\nname\ne\n", ["!ysline\\nfeed\n"]));
        using var gateway = JavaGateway.Open(server.Port, Secret);

        Assert.Equal(2, gateway.Static("java.lang.Math", "max", 1, 2));
        Assert.Equal("line\nfeed", gateway.Call("o1", "name", []));
    }

    [Fact]
    public void A_thrown_exception_has_its_type_message_and_trace_and_is_released()
    {
        using var server = new FakeGateway(("c\no1\nfail\ne\n", ["!xro7\n"]), ("c\no7\ntoString\ne\n", ["!ysjava.io.IOException: no file\n"]), ("c\no7\ngetMessage\ne\n", ["!ysno file\n"]),
            ("p\nro7\ne\n", ["!ysjava.io.IOException: no file\\n\tat X.y\n"]), ("m\nd\no7\ne\n", ["!yv\n"]));
        using var gateway = JavaGateway.Open(server.Port, Secret);

        var error = Assert.Throws<JavaException>(() => gateway.Call("o1", "fail", []));

        Assert.Equal(("java.io.IOException", "no file", "java.io.IOException: no file\n\tat X.y"), (error.Type, error.JavaMessage, error.Trace));
        Assert.Contains("m\nd\no7\ne\n", server.Received);
    }

    [Fact]
    public void A_wrong_secret_is_a_sentence_that_does_not_tell_it()
    {
        using var server = new FakeGateway();

        var fault = Assert.Throws<EngineFault>(() => JavaGateway.Open(server.Port, "Geheim-0000"));

        Assert.Contains("refused the secret", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Geheim-0000", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_secret_that_was_handed_over_is_not_left_for_a_child_and_never_told()
    {
        using var server = new FakeGateway();
        Environment.SetEnvironmentVariable("PYSPARK_GATEWAY_PORT", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Environment.SetEnvironmentVariable("PYSPARK_GATEWAY_SECRET", Secret);
        try
        {
            var fault = Assert.Throws<EngineFault>(() => RfmSpark.Spark.SparkSession.Builder().GetOrCreate());

            Assert.Null(Environment.GetEnvironmentVariable("PYSPARK_GATEWAY_SECRET"));
            Assert.DoesNotContain(Secret, fault.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PYSPARK_GATEWAY_PORT", null);
        }
    }

    [Fact]
    public void A_JVM_that_dies_is_a_sentence()
    {
        using var server = new FakeGateway(("c\no1\ndie\ne\n", []));
        using var gateway = JavaGateway.Open(server.Port, Secret);

        Assert.Contains("without an answer", Assert.Throws<EngineFault>(() => gateway.Call("o1", "die", [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_at_the_port_is_a_sentence()
    {
        int port;
        using (var server = new FakeGateway()) port = server.Port;

        Assert.Contains("does not answer", Assert.Throws<EngineFault>(() => JavaGateway.Open(port, Secret)).Message, StringComparison.Ordinal);
    }

    /// <summary>Answers known commands with what is written for them, piece by piece; an empty answer ends the connection.</summary>
    private sealed class FakeGateway : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Dictionary<string, string[]> _answers;
        private readonly List<string> _received = [];

        internal FakeGateway(params (string Command, string[] Answer)[] answers)
        {
            _answers = answers.ToDictionary(a => a.Command, a => a.Answer);
            _listener.Start();
            new Thread(Accept) { IsBackground = true }.Start();
        }

        internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        internal IReadOnlyList<string> Received
        {
            get { lock (_received) return [.. _received]; }
        }

        public void Dispose() => _listener.Stop();

        private void Accept()
        {
            try
            {
                while (true)
                {
                    var client = _listener.AcceptTcpClient();
                    new Thread(() => ServeUntilGone(client)) { IsBackground = true }.Start();
                }
            }
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
            {
                // Stopped.
            }
        }

        private void ServeUntilGone(TcpClient client)
        {
            try
            {
                Serve(client);
            }
            catch (IOException)
            {
                // The client has closed the connection.
            }
        }

        private void Serve(TcpClient client)
        {
            using (client)
            using (var stream = client.GetStream())
            using (var reader = new StreamReader(stream, Encoding.UTF8))
            {
                if (reader.ReadLine() != "A") return;
                if (reader.ReadLine() != Secret)
                {
                    stream.Write("!xsAuthentication error: bad auth token received.\n"u8);
                    return;
                }
                stream.Write("!yv\n"u8);
                var command = new StringBuilder();
                while (reader.ReadLine() is { } line)
                {
                    command.Append(line).Append('\n');
                    if (line != "e") continue;
                    lock (_received) _received.Add(command.ToString());
                    var answer = _answers.GetValueOrDefault(command.ToString(), []);
                    if (answer.Length == 0) return;
                    foreach (var piece in answer)
                    {
                        stream.Write(Encoding.UTF8.GetBytes(piece));
                        stream.Flush();
                    }
                    command.Clear();
                }
            }
        }
    }

    [Theory]
    [InlineData("-79228162514264337593543950335", "-79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("12345678901234567890.123456780000000000", "12345678901234567890.12345678")]
    [InlineData("0E-18", "0")]
    [InlineData("12345678901234567890.123456789012345678", null)]
    [InlineData("-0.12345678901234567890123456789012345678", null)]
    [InlineData("1.2345678901234567890123456789012345678E-8", null)]
    public void A_decimal_is_exact_or_refused(string text, string? value)
    {
        if (value is null) Assert.Contains("has more digits than", Assert.Throws<OverflowException>(() => GatewayProtocol.Decimal(text)).Message, StringComparison.Ordinal);
        else Assert.Equal(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), GatewayProtocol.Decimal(text));
    }
}
