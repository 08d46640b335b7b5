package org.mailroom.web.queue;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DeliveryRuleInfo;
import org.mailroom.admin.DestinationAdmin;
import org.mailroom.admin.DestinationInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** The domains for which mail waits, and the rules of sending. */
@Named
@RequestScoped
public class DestinationsPage {
    @Inject
    private DestinationAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String domain = "";
    private String firstRetry = "";
    private String longestRetry = "";
    private String expire = "";
    private String notice = "";
    private String concurrency = "";
    private String perMinute = "";
    private String tls = "";

    public List<DestinationInfo> getDestinations() {
        return admin.destinations();
    }

    public List<DeliveryRuleInfo> getRules() {
        return admin.rules();
    }

    @FunctionalInterface
    private interface Deed {
        void run() throws AdminException;
    }

    private void tried(Deed deed, String said, String about) {
        try {
            deed.run();
            notices.done(texts.of(said, about));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    /** One of the buttons in a row was pressed; its value is the domain. */
    public void act() {
        var pause = here.chosen("pause");
        var resume = here.chosen("resume");
        var flush = here.chosen("flush");
        var remove = here.chosen("remove");
        if (!pause.isEmpty()) {
            tried(() -> admin.pause(pause), "destinations.paused", pause);
        } else if (!resume.isEmpty()) {
            tried(() -> admin.resume(resume), "destinations.resumed", resume);
        } else if (!flush.isEmpty()) {
            tried(() -> admin.flush(flush), "destinations.flushed", flush);
        } else if (!remove.isEmpty()) {
            tried(() -> admin.removeRule(remove), "rules.removed", remove);
        }
    }

    public void put() {
        var wish = new DeliveryRuleInfo(domain, firstRetry, longestRetry, expire, notice, concurrency, perMinute, tls);
        tried(() -> admin.put(wish), "rules.saved", domain);
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(String domain) {
        this.domain = domain;
    }

    public String getFirstRetry() {
        return firstRetry;
    }

    public void setFirstRetry(String firstRetry) {
        this.firstRetry = firstRetry;
    }

    public String getLongestRetry() {
        return longestRetry;
    }

    public void setLongestRetry(String longestRetry) {
        this.longestRetry = longestRetry;
    }

    public String getExpire() {
        return expire;
    }

    public void setExpire(String expire) {
        this.expire = expire;
    }

    public String getNotice() {
        return notice;
    }

    public void setNotice(String notice) {
        this.notice = notice;
    }

    public String getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(String concurrency) {
        this.concurrency = concurrency;
    }

    public String getPerMinute() {
        return perMinute;
    }

    public void setPerMinute(String perMinute) {
        this.perMinute = perMinute;
    }

    public String getTls() {
        return tls;
    }

    public void setTls(String tls) {
        this.tls = tls;
    }
}
