package org.mailroom.connector.relay;

import jakarta.resource.spi.ManagedConnectionMetaData;

/** What the container may show of the other side. */
record RelayMetaData() implements ManagedConnectionMetaData {
    @Override
    public String getEISProductName() {
        return "SMTP";
    }

    @Override
    public String getEISProductVersion() {
        return "RFC 5321";
    }

    /** Not limited here. */
    @Override
    public int getMaxConnections() {
        return 0;
    }

    /** Nobody logs in. */
    @Override
    public String getUserName() {
        return "";
    }
}
