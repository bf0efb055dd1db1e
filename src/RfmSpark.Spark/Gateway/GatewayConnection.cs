using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RfmSpark.Spark.Gateway;

/// <summary>One authenticated connection to the gateway: one command, one reply. On the JVM's side it is one thread, which keeps thread-local settings.</summary>
internal sealed class GatewayConnection : IDisposable
{
    // Of Linux (tcp(7)).
    private const int TcpOptions = 6, QuickAcknowledgement = 12;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly Socket _socket;
    private readonly Lock _turn = new();
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start, _end;

    private GatewayConnection(Socket socket) => _socket = socket;

    /// <summary>Connects to a gateway on this machine; no other is ever spoken to, since whoever holds the secret may run any code there.</summary>
    /// <exception cref="EngineFault">Nobody answers, or the secret is refused.</exception>
    internal static GatewayConnection Open(int port, string secret)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(IPAddress.Loopback, port);
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new EngineFault($"Spark's gateway does not answer on this machine's port {port}: {refused.Message}. The JVM has ended, or never came up; its own log says why.", refused);
        }
        var connection = new GatewayConnection(socket);
        try
        {
            // The only command without an end line.
            if (connection.Send($"A\n{secret}\n") == GatewayProtocol.VoidReply) return connection;
        }
        catch (EngineFault)
        {
            connection.Dispose();
            throw;
        }
        connection.Dispose();
        throw new EngineFault("Spark's gateway refused the secret that this program was started with.");
    }

    /// <summary>Sends one command and waits for its reply, without the line end.</summary>
    /// <exception cref="EngineFault">The connection is gone: the JVM ended, or met an error outside of any method (a missing jar).</exception>
    internal string Send(string command)
    {
        lock (_turn)
        {
            try
            {
                var bytes = Utf8.GetBytes(command);
                for (var sent = 0; sent < bytes.Length;) sent += _socket.Send(bytes.AsSpan(sent));
                return ReadLine();
            }
            catch (SocketException lost)
            {
                throw new EngineFault($"The connection to Spark was lost: {lost.Message}. The JVM's own log says why.", lost);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    // The JVM holds the end of a reply of several pieces back until the ones before are acknowledged, and an acknowledgement waits 40 ms for something to go along with. Lasts for one piece.
    private void AcknowledgeAtOnce()
    {
        if (OperatingSystem.IsLinux()) _socket.SetRawSocketOption(TcpOptions, QuickAcknowledgement, [1, 0, 0, 0]);
    }

    private string ReadLine()
    {
        using var line = new MemoryStream();
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line.Write(_buffer, _start, found);
                _start += found + 1;
                return Utf8.GetString(line.GetBuffer(), 0, (int)line.Length);
            }
            line.Write(_buffer, _start, _end - _start);
            _start = 0;
            AcknowledgeAtOnce();
            _end = _socket.Receive(_buffer);
            if (_end == 0) throw new EngineFault("Spark ended the connection without an answer: the JVM died, ran out of memory, or lacks a jar. Its own log says which.");
        }
    }
}
