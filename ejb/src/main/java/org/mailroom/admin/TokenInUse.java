package org.mailroom.admin;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The token, if any, with which the present request is made: its reach is narrower than its owner's, and the audit names it. */
@RequestScoped
public class TokenInUse {
    private @Nullable ApiTokenUse used;

    /** The door tells, before anything is asked of the house. */
    public void is(ApiTokenUse token) {
        used = token;
    }

    /** The domains to which it is kept; empty where there is no token, or none that is kept to any. */
    public Optional<Set<String>> domains() {
        return Optional.ofNullable(used).map(ApiTokenUse::domains);
    }

    /** Its name; empty where there is no token. */
    public String name() {
        return used == null ? "" : used.name();
    }

    /** Likewise, where jobs of the server, which are no request, may ask too. */
    static String nameOf(TokenInUse token) {
        try {
            return token.name();
        } catch (ContextNotActiveException noRequest) {
            return "";
        }
    }
}
