package org.mailroom.web.self;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.SecondFactorAdmin;
import org.mailroom.admin.SecondFactorInfo;
import org.mailroom.admin.SecondFactorOffer;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** What the console asks of the reader beside his password. */
@Named
@RequestScoped
public class SecondFactorPage {
    @Inject
    private SecondFactorAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private Optional<SecondFactorOffer> offer = Optional.empty();
    private String code = "";

    public SecondFactorInfo getInfo() throws AdminException {
        return admin.own();
    }

    /** What the app is told; null where nothing is offered. */
    public @Nullable SecondFactorOffer getOffer() throws AdminException {
        if (offer.isEmpty()) {
            offer = admin.offered();
        }
        return offer.orElse(null);
    }

    public @Nullable QrPicture getPicture() throws AdminException {
        var told = getOffer();
        return told == null ? null : QrPicture.of(told.uri());
    }

    public void begin() {
        tried(admin::offer);
    }

    public void confirm() {
        tried(() -> {
            show(admin.confirm(code));
            notices.done(texts.of("factor.on"));
        });
    }

    public void renew() {
        tried(() -> show(admin.renew(code, client())));
    }

    public void end() {
        tried(() -> {
            admin.removeOwn(code, client());
            notices.done(texts.of("factor.off"));
        });
    }

    private void show(List<String> recoveryCodes) {
        notices.secret(texts.of("factor.recovery"), String.join("  ", recoveryCodes));
    }

    private static String client() {
        return ((HttpServletRequest)
                        FacesContext.getCurrentInstance().getExternalContext().getRequest())
                .getRemoteAddr();
    }

    private interface Deed {
        void go() throws AdminException;
    }

    private void tried(Deed deed) {
        try {
            deed.go();
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }
}
