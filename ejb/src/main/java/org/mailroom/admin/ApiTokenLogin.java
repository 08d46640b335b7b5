package org.mailroom.admin;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;

/** Lets programs in that show a token. */
@Stateless
@PermitAll
public class ApiTokenLogin {
    @Inject
    private ApiTokens tokens;

    /**
     * Whoever shows it, at this moment: a token that expired or was revoked, or whose owner is disabled or has lost what it is
     * for, is none.
     *
     * @param client IP address from which
     */
    public Optional<ApiTokenUse> login(String secret, String client) {
        return tokens.use(secret, client);
    }
}
