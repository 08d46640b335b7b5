package org.mailroom.admin;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.login.LoginCheck;
import org.mailroom.login.OpenIdLogins;
import org.mailroom.login.OpenIdLogins.Arrived;

/**
 * Who logs in to the console because an issuer (OpenID Connect) vouches for him. He has an account here, and besides its roles
 * those that his groups over there give him. His second factor is asked for here unless the issuer says that he asked for one.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OpenIdLogin {
    @Inject
    private OpenIdLogins logins;

    @Inject
    private LoginCheck check;

    @Inject
    private IssuerRoles issuerRoles;

    @Inject
    private ConsoleLogin console;

    /** What the way in is called, empty where it has no name of its own; nothing where there is no issuer. */
    public Optional<String> label() {
        var settings = logins.settings();
        return settings.issuer().map(issuer -> settings.label());
    }

    /** Where browsers come back, if that is not where they came from. */
    public Optional<String> redirect() {
        return Optional.of(logins.settings().redirect()).filter(address -> !address.isEmpty());
    }

    /**
     * The first step of a browser; empty where there is no issuer, or he does not answer.
     *
     * @param redirect where it comes back
     * @param wanted the page that it wants then
     */
    public Optional<Begun> begin(String redirect, String wanted) {
        return logins.begin(redirect, wanted).map(begun -> new Begun(begun.at(), begun.kept()));
    }

    /**
     * Where a browser goes, and what it keeps until it is back.
     *
     * @param kept sealed
     */
    public record Begun(URI at, String kept) {}

    /**
     * Somebody for whom the issuer vouched.
     *
     * @param entry whether he is let in, or a code is wanted besides
     * @param wanted the page that he came for
     * @param idToken to say goodbye with
     */
    public record Entered(ConsoleLogin.Entry entry, String wanted, String idToken) {
        @Override
        public String toString() {
            return "Entered[" + entry + "]";
        }
    }

    /**
     * What came of it.
     *
     * @param kept as it was given to this browser; anything else, and nobody is let in
     * @param issuer as the browser says; empty where it does not
     * @param client IP address of the browser
     */
    public Optional<Entered> end(String kept, String code, String state, String issuer, String client) {
        return logins.end(kept, new OpenIdLogins.Back(code, state, issuer)).flatMap(arrived -> enter(arrived, client));
    }

    private Optional<Entered> enter(Arrived arrived, String client) {
        if (!(check.vouched(ConsoleLogin.ip(client), "openid", arrived.address())
                instanceof LoginVerdict.Granted granted)) {
            return Optional.empty();
        }
        issuerRoles.keep(granted.account(), granted.name(), arrived.roles(), arrived.until());
        return Optional.of(
                new Entered(console.enter(granted, arrived.secondFactor()), arrived.wanted(), arrived.idToken()));
    }

    /** Where somebody logs out over there too; empty where he cannot. */
    public Optional<URI> goodbye(String idToken, String back) {
        return logins.goodbye(idToken, back);
    }
}
