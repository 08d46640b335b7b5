package org.mailroom.web.account;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.mailroom.admin.AccountAdmin;
import org.mailroom.admin.AccountInfo;
import org.mailroom.admin.Page;
import org.mailroom.web.site.Narrowed;

/** All accounts, page by page. */
@Named
@ViewScoped
public class AccountsPage extends Narrowed<AccountInfo> {
    private static final long serialVersionUID = 1L;

    @Inject
    private AccountAdmin admin;

    @Override
    protected Page<AccountInfo> page(String word, int offset, int limit) {
        return admin.accounts(word, offset, limit);
    }
}
