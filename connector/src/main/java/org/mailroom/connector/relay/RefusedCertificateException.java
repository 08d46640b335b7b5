package org.mailroom.connector.relay;

import javax.net.ssl.SSLException;
import org.mailroom.contract.relay.TlsTrouble;

/** The other end is not whom the target wants. */
final class RefusedCertificateException extends SSLException {
    private static final long serialVersionUID = 1L;

    private final TlsTrouble why;

    RefusedCertificateException(TlsTrouble why, String text) {
        super(text);
        this.why = why;
    }

    TlsTrouble why() {
        return why;
    }
}
