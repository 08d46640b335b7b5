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
import org.mailroom.web.site.Figures;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Octets;
import org.mailroom.web.site.Texts;

/** What accounts, domains and tenants may use, and how much of it they do. */
@Named
@RequestScoped
public class LimitsPage {
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

    /** What was typed stays in the form where a field of it is unclear. */
    public void put() {
        var octets = Octets.parse(storage, Texts.locale());
        var many = Figures.count(messages, Texts.locale(), Long.MAX_VALUE);
        var size = Octets.parse(messageSize, Texts.locale());
        var hourly = Figures.count(recipients, Texts.locale(), Integer.MAX_VALUE);
        if (isClear(storage, octets, "limits.storageUnclear")
                && isClear(messages, many, "limits.messagesUnclear")
                && isClear(messageSize, size, "limits.messageSizeUnclear")
                && isClear(recipients, hourly, "limits.recipientsUnclear")) {
            tried(
                    "limits.saved",
                    () -> admin.put(LimitInfo.wish(
                            of.strip(),
                            octets.orElse(null),
                            many.orElse(null),
                            size.orElse(null),
                            hourly.map(Long::intValue).orElse(null))));
        }
    }

    /** An empty field is clear, too: it says that there is no limit. */
    private boolean isClear(String typed, Optional<Long> figure, String otherwise) {
        boolean clear = typed.isBlank() || figure.isPresent();
        if (!clear) {
            notices.problem(texts.of(otherwise));
        }
        return clear;
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
