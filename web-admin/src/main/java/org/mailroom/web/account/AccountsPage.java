package org.mailroom.web.account;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AccountAdmin;
import org.mailroom.admin.AccountInfo;
import org.mailroom.web.site.Rows;

/** All accounts, page by page. */
@Named
@ViewScoped
public class AccountsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private AccountAdmin admin;

    private String filter = "";
    private transient @Nullable Rows<AccountInfo> rows;

    public Rows<AccountInfo> getRows() {
        var known = rows;
        if (known == null) {
            known = new Rows<>((offset, limit) -> admin.accounts(filter.strip(), offset, limit));
            rows = known;
        }
        return known;
    }

    public String getFilter() {
        return filter;
    }

    public void setFilter(@Nullable String filter) {
        this.filter = filter == null ? "" : filter;
    }
}
