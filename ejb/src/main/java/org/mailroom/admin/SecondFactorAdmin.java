package org.mailroom.admin;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.Roles;
import org.mailroom.login.LoginCheck;
import org.mailroom.login.SecondFactors;

/** The second factor of logins at the console: everybody sets up his own, administrators take away what somebody has lost. */
@Stateless
@RolesAllowed(Role.USER)
public class SecondFactorAdmin {
    private static final String ISSUER = "Mailroom";

    @Inject
    private SecondFactors factors;

    @Inject
    private LoginCheck check;

    @Inject
    private Accounts accounts;

    @Inject
    private Roles roles;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    private AccountSettings settings = AccountSettings.DEFAULT;

    @PostConstruct
    void configure() {
        settings = AccountSettings.current();
    }

    /** The caller's own; likewise below. */
    public SecondFactorInfo own() throws AdminException {
        return info(me());
    }

    /** The secret that waits for its first code. */
    public Optional<SecondFactorOffer> offered() throws AdminException {
        var me = me();
        return factors.offered(account(me)).map(secret -> offer(me, secret));
    }

    /** Makes a secret, for which a code is asked from its {@link #confirm} on. */
    public void offer() throws AdminException {
        factors.offer(account(me()));
    }

    /**
     * Shows that the app has the secret.
     *
     * @return codes that serve once each where the app is not at hand
     */
    public List<String> confirm(String code) throws AdminException {
        var me = me();
        var codes = factors.confirm(account(me), code);
        if (codes.isEmpty()) {
            throw new AdminException(Kind.INVALID, "That is not the code of now; is the clock of the device right?");
        }
        audit.write("second-factor.confirm", me.toString(), "before=off after=on");
        return codes;
    }

    /** Other recovery codes. @param client IP address from which he asks */
    public List<String> renew(String code, String client) throws AdminException {
        var me = me();
        prove(me, code, client);
        audit.write("second-factor.renew", me.toString(), "");
        return factors.renew(account(me));
    }

    public void removeOwn(String code, String client) throws AdminException {
        var me = me();
        prove(me, code, client);
        remove(me, "second-factor.remove");
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR})
    public SecondFactorInfo of(String address) throws AdminException {
        var parsed = Texts.address(address);
        if (!scope.sees(parsed.domain())) {
            throw AccountAdmin.missing(parsed);
        }
        return info(parsed);
    }

    /** For somebody who lost his device and his recovery codes. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    public void reset(String address) throws AdminException {
        var parsed = Texts.address(address);
        scope.changeAccount(parsed);
        remove(parsed, "second-factor.reset");
    }

    private void remove(MailAddress address, String action) throws AdminException {
        if (!factors.remove(account(address))) {
            throw new AdminException(Kind.NOT_FOUND, address + " has no second factor");
        }
        audit.write(action, address.toString(), "before=on after=off");
    }

    private void prove(MailAddress me, String code, String client) throws AdminException {
        switch (check.secondFactor(ConsoleLogin.ip(client), "self", me.toString(), code)) {
            case LoginVerdict.Granted _ -> {}
            case LoginVerdict.Denied _ -> throw new AdminException(Kind.INVALID, "That is not the code of now");
            case LoginVerdict.Unavailable(var text) -> throw new AdminException(Kind.CONFLICT, text);
        }
    }

    private SecondFactorInfo info(MailAddress address) throws AdminException {
        var account = account(address);
        var standing = factors.of(account);
        return new SecondFactorInfo(
                standing.since(),
                standing.offered(),
                standing.recoveryCodes(),
                settings.secondFactor().isDemandedOf(roles.of(account, Role.USER)));
    }

    /** As authenticator apps read it. */
    private static SecondFactorOffer offer(MailAddress address, String secret) {
        var label = ISSUER + ":"
                + URLEncoder.encode(address.toString(), StandardCharsets.UTF_8).replace("+", "%20");
        return new SecondFactorOffer(secret, "otpauth://totp/" + label + "?secret=" + secret + "&issuer=" + ISSUER);
    }

    private MailAddress me() throws AdminException {
        return Texts.address(scope.who());
    }

    private AccountId account(MailAddress address) throws AdminException {
        return accounts.holder(address)
                .filter(holder -> !holder.alias())
                .map(Accounts.Holder::account)
                .orElseThrow(() -> AccountAdmin.missing(address));
    }
}
