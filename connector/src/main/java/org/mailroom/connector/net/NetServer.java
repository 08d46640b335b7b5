package org.mailroom.connector.net;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.Wire;
import org.mailroom.contract.wire.WireSettings;

/** All open sockets. */
public final class NetServer implements Wire {
    private NetServer() {}

    public static NetServer open(WireSettings settings, Map<Protocol, ProtocolServer> servers) {
        return new NetServer();
    }

    @Override
    public List<Listening> listeners() {
        return List.of();
    }

    @Override
    public List<Wire.Session> sessions() {
        return List.of();
    }

    @Override
    public boolean end(String session) {
        return false;
    }

    public void stop(Duration grace) {}
}
