using System.Net;
using System.Net.Sockets;

namespace RfmSpark.EngineTests;

/// <summary>Ports of this machine for servers that a test starts.</summary>
internal static class FreePort
{
    /// <summary>A port that nobody listens at, yet.</summary>
    internal static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
