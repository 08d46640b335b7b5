package org.mailroom.web.limit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.LimitAdmin;
import org.mailroom.admin.LimitInfo;
import org.mailroom.admin.TenantInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Octets;
import org.mailroom.web.site.Texts;

/** What accounts, domains and tenants may use, and how much of it they do. */
@Named
@RequestScoped
public class LimitsPage {
    /** What is no figure is one that is refused. */
    private static final long REFUSED = -1;

    @Inject
    private LimitAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String of = "";
    private String storage = "";
    private String messages = "";
    private String messageSize = "";
    private String recipients = "";
    private String tenant = "";
    private String domains = "";

    public List<LimitInfo> getLimits() {
        return admin.limits();
    }

    public List<TenantInfo> getTenants() {
        return admin.tenants();
    }

    public void put() {
        tried(
                "limits.saved",
                () -> admin.put(LimitInfo.wish(
                        of.strip(),
                        figure(storage).orElse(null),
                        figure(messages).orElse(null),
                        figure(messageSize).orElse(null),
                        figure(recipients)
                                .map(many -> (int) Math.min(many, Integer.MAX_VALUE))
                                .orElse(null))));
    }

    private static Optional<Long> figure(String typed) {
        return typed.isBlank()
                ? Optional.empty()
                : Optional.of(Octets.parse(typed).orElse(REFUSED));
    }

    public void clear() {
        tried("limits.saved", () -> admin.put(LimitInfo.wish(here.chosen("clear"), null, null, null, null)));
    }

    public void putTenant() {
        var wanted = Arrays.stream(domains.split("[\\s,;]+"))
                .filter(text -> !text.isBlank())
                .toList();
        tried("limits.tenantSaved", () -> admin.putTenant(new TenantInfo(tenant.strip(), wanted)));
    }

    public void removeTenant() {
        tried("limits.tenantGone", () -> admin.removeTenant(here.chosen("removeTenant")));
    }

    private interface Deed {
        void go() throws AdminException;
    }

    private void tried(String said, Deed deed) {
        try {
            deed.go();
            notices.done(texts.of(said));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public String getOf() {
        return of;
    }

    public void setOf(String of) {
        this.of = of;
    }

    public String getStorage() {
        return storage;
    }

    public void setStorage(String storage) {
        this.storage = storage;
    }

    public String getMessages() {
        return messages;
    }

    public void setMessages(String messages) {
        this.messages = messages;
    }

    public String getMessageSize() {
        return messageSize;
    }

    public void setMessageSize(String messageSize) {
        this.messageSize = messageSize;
    }

    public String getRecipients() {
        return recipients;
    }

    public void setRecipients(String recipients) {
        this.recipients = recipients;
    }

    public String getTenant() {
        return tenant;
    }

    public void setTenant(String tenant) {
        this.tenant = tenant;
    }

    public String getDomains() {
        return domains;
    }

    public void setDomains(String domains) {
        this.domains = domains;
    }
}
