package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.directory.AccountList;
import org.mailroom.directory.Languages;
import org.mailroom.login.LoginCheck;

/** What everybody does about his own account. */
@Stateless
@RolesAllowed(Role.USER)
public class SelfService {
    @Inject
    private LoginCheck check;

    @Inject
    private AccountList list;

    @Inject
    private NewSecret secrets;

    @Inject
    private AccountOpening opening;

    @Inject
    private Languages languages;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    /** In which language the server writes to the caller; empty: in its own. */
    public String language() {
        return languages.chosen(scope.who()).orElse("");
    }

    public void chooseLanguage(String language) throws AdminException {
        var me = Texts.address(scope.who());
        var wanted = Texts.language(language);
        var before = language();
        languages.choose(me, wanted);
        audit.write("account.language", me.toString(), "before=" + before + " after=" + wanted);
    }

    /**
     * Another password for the caller; wrong ones are counted like those of a login.
     *
     * @param present the one that is his now
     * @param client IP address from which he asks
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void changePassword(String present, String wanted, String client) throws AdminException {
        var me = Texts.address(scope.who());
        switch (check.verify(ConsoleLogin.ip(client), "self", me.toString(), present)) {
            case LoginVerdict.Granted _ -> {
                var name = list.find(me).map(AccountList.Listed::displayName).orElse("");
                opening.own(secrets.ruled(wanted, me, name).secret());
            }
            case LoginVerdict.Denied _ -> throw new AdminException(Kind.INVALID, "The present password is another");
            case LoginVerdict.Unavailable(var text) -> throw new AdminException(Kind.CONFLICT, text);
        }
    }
}
