package org.mailroom.connector.sasl;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.kerberos.KeyTab;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.login.Logins.LoginVerdict;

/**
 * GSSAPI (RFC 4752) with Kerberos, as the JDK speaks it: for any principal of the service of which our keytab has the key. No security layer
 * is offered, since that is what TLS is for. No ticket is asked for and nobody else: the keytab says whether one is good.
 */
final class Gssapi implements Mechanism {
    private static final System.Logger LOG = System.getLogger(Gssapi.class.getName());
    private static final int LONGEST_CAUSE = 200;

    private final String type;
    private final Subject service = new Subject();
    private final String session;
    private final BiFunction<String, String, LoginVerdict> verify;
    private @Nullable SaslServer server;
    private String principal = "";
    private String name = "";

    /**
     * @param type of service, by which its principal begins: {@code imap}, {@code smtp} or {@code pop}
     * @param session the wire's id, for the log
     * @param verify of name and principal
     */
    Gssapi(String type, Path keytab, String session, BiFunction<String, String, LoginVerdict> verify) {
        this.type = type;
        this.session = session;
        // It is read anew when it changes, so that keys can be replaced.
        service.getPrivateCredentials().add(KeyTab.getUnboundInstance(keytab.toFile()));
        this.verify = verify;
    }

    @Override
    public Answer answer(byte[] message) {
        byte[] challenge;
        try {
            challenge = Subject.callAs(service, () -> next(message));
        } catch (CompletionException e) {
            // Of whatever kind: what comes before a login is anybody's, and the JDK reads it.
            LOG.log(Level.INFO, () -> "gssapi session=" + session + " status=denied cause=" + cause(e));
            return new Answer.End(new LoginVerdict.Denied());
        }
        return challenge == null
                ? new Answer.End(verify.apply(name.equals(principal) ? "" : name, principal))
                : new Answer.Ask(challenge);
    }

    /** Null when it is over. */
    private byte @Nullable [] next(byte[] message) throws SaslException {
        var there = server;
        if (there == null) {
            there = Objects.requireNonNull(
                    javax.security.sasl.Sasl.createSaslServer(
                            "GSSAPI", type, null, Map.of(javax.security.sasl.Sasl.QOP, "auth"), this::asked),
                    "the JDK speaks GSSAPI");
            server = there;
        }
        var challenge = there.evaluateResponse(message);
        if (there.isComplete()) {
            there.dispose();
            return null;
        }
        return challenge == null ? new byte[0] : challenge;
    }

    /** Whether he may is the house's to say, so nobody is turned away here. */
    private void asked(Callback[] callbacks) {
        for (var callback : callbacks) {
            if (callback instanceof AuthorizeCallback authorization) {
                principal = authorization.getAuthenticationID();
                name = authorization.getAuthorizationID();
                authorization.setAuthorized(true);
            }
        }
    }

    /** On one line: names of a ticket stand in it. */
    private static String cause(Throwable problem) {
        var root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        var text = root.toString().replaceAll("[^ -~]", " ");
        return text.substring(0, Math.min(LONGEST_CAUSE, text.length()));
    }
}
