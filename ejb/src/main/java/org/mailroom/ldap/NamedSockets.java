package org.mailroom.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets that believe a certificate only if it bears the name by which the server was asked for (RFC 4513 §3.1.3). */
final class NamedSockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;

    NamedSockets(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    /** The JDK's own check, with its rules for LDAP: it looks nothing up in DNS. */
    private static Socket named(Socket socket) {
        if (!(socket instanceof SSLSocket tls)) {
            throw new IllegalStateException("a factory of TLS makes TLS sockets");
        }
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("LDAPS");
        tls.setSSLParameters(parameters);
        return tls;
    }

    @Override
    public Socket createSocket() throws IOException {
        return named(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean close) throws IOException {
        return named(sockets.createSocket(plain, host, port, close));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return named(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return named(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return named(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return named(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }
}
