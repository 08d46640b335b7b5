package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.ProtocolConfiguration;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.pop3.POP3SessionImpl;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.james.JamesTransport;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Services;
import org.mailroom.contract.wire.WireSettings;

/** What a session knows: the name that USER gave, and after login the maildrop. */
final class Pop3Session extends POP3SessionImpl {
    private final Connection connection;
    private final Services services;
    private @Nullable String user;
    private @Nullable Maildrop maildrop;
    private Language language = Language.EN;
    private boolean utf8;
    private int errors;

    Pop3Session(
            JamesTransport transport, ProtocolConfiguration configuration, Connection connection, Services services) {
        super(transport, configuration);
        this.connection = connection;
        this.services = services;
    }

    Connection connection() {
        return connection;
    }

    Services services() {
        return services;
    }

    WireSettings.Limits limits() {
        return services.settings().limits();
    }

    @Nullable
    String user() {
        return user;
    }

    /** RFC 1939 §7: PASS may only follow a USER; null takes it back. */
    void user(@Nullable String name) {
        user = name;
        setHandlerState(name == null ? AUTHENTICATION_READY : AUTHENTICATION_USERSET);
    }

    Language language() {
        return language;
    }

    /** RFC 6856 §3: from the reply to this very command on. */
    void language(Language chosen) {
        language = chosen;
    }

    /** Whether the client reads headers in UTF-8. */
    boolean isUtf8() {
        return utf8;
    }

    void utf8() {
        utf8 = true;
    }

    /** Null in the AUTHORIZATION state. */
    @Nullable
    Maildrop maildrop() {
        return maildrop;
    }

    /** The TRANSACTION state begins. */
    void enter(Maildrop opened) {
        maildrop = opened;
        setHandlerState(TRANSACTION);
        connection.silence(limits().pop3Timeout());
    }

    /** Gives the lock back; once or more often. */
    void release() {
        var held = maildrop;
        maildrop = null;
        if (held != null) {
            held.close();
        }
    }

    /** One more answer that was not what the client had hoped for. */
    int countError() {
        return ++errors;
    }

    @Override
    public Response newFatalErrorResponse() {
        return Pop3Replies.FAULT;
    }

    @Override
    public Response newCommandNotFoundErrorResponse() {
        return Pop3Replies.UNKNOWN_COMMAND;
    }
}
