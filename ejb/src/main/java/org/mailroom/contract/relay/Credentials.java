package org.mailroom.contract.relay;

import java.io.Serializable;

/** Who we are to a host that asks (RFC 4954). The password is never shown. */
public record Credentials(String user, String password) implements Serializable {
    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
