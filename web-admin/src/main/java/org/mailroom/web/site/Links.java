package org.mailroom.web.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Addresses of pages for links; the pages know no other way to make one. */
@Named
@ApplicationScoped
public class Links {
    @Inject
    private ServletContext application;

    public String to(String page) {
        return application.getContextPath() + page;
    }

    public String account(String address) {
        return to("/accounts/" + Paths.encode(address));
    }

    public String accounts(String filter) {
        return to("/accounts?q=" + query(filter));
    }

    public String group(String address) {
        return to("/groups/" + Paths.encode(address));
    }

    /** Where mail for an address would go. */
    public String way(String address) {
        return to("/addresses?q=" + query(address));
    }

    /** Where accounts live, if not here. */
    public String directory(String name) {
        return to("/directories/" + Paths.encode(name));
    }

    /** A step of the first start, for a domain. */
    public String setup(String step, String domain) {
        return to("/setup/" + step + "/" + Paths.encode(domain));
    }

    /** What DNS says about a domain of ours. */
    public String domain(String name) {
        return to("/dns/" + Paths.encode(name));
    }

    /** What DMARC and TLS came to. @param domain empty: in sum */
    public String reports(String domain, int days) {
        return to("/reports?domain=" + query(domain) + "&days=" + days);
    }

    /** Keys of the configuration. */
    public String settings(String filter) {
        return to("/settings?q=" + query(filter));
    }

    /** What changed in the settings; of a key, or of all. */
    public String settingHistory(String key) {
        return to("/settings/history?q=" + query(key));
    }

    /** Where a page hears that there is something new. */
    public String events(String topic) {
        return to("/events/" + topic);
    }

    /** A conversation by hand that goes on. */
    public String telnet(String conversation) {
        return to("/telnet?c=" + query(conversation));
    }

    public String entry(long id) {
        return to("/queue/" + id);
    }

    public String queue(String filter) {
        return queue(filter, "", "", "", "");
    }

    public String queue(String filter, String state, String domain, String reply, String olderThan) {
        var address = new StringBuilder(to("/queue?q=" + query(filter)));
        part(address, "state", state);
        part(address, "domain", domain);
        part(address, "reply", reply);
        part(address, "older", olderThan);
        return address.toString();
    }

    private static void part(StringBuilder address, String name, String value) {
        if (!value.isBlank()) {
            address.append('&').append(name).append('=').append(query(value));
        }
    }

    public String quarantined(long id) {
        return to("/quarantine/" + id);
    }

    /** A rule on mail in the form. */
    public String policy(String name) {
        return to("/policies?rule=" + query(name));
    }

    /** What a rule on mail would have done. */
    public String tried(String name) {
        return to("/policies?try=" + query(name));
    }

    public String trace(String queueId) {
        return to("/trace/" + Paths.encode(queueId));
    }

    /** To whoever sent it, or was meant to get it. */
    public String ownMail(String queueId) {
        return to("/own-mail/" + Paths.encode(queueId));
    }

    /** What came in a session, taken or refused. */
    public String session(String id) {
        return to("/trace?session=" + query(id));
    }

    /** Who is connected: those of an account. */
    public String sessions(String account) {
        return to("/sessions?q=" + query(account));
    }

    /** Who is connected to a port. */
    public String sessionsAt(String listener) {
        return to("/sessions?listener=" + query(listener));
    }

    /** What a port shows by TLS. */
    public String shown(String listener) {
        return to("/certificates#" + query(listener));
    }

    /** Lines of the log. @param before the number of one, for older ones; empty: the newest */
    public String log(String level, String text, String before) {
        var address = new StringBuilder(to("/log?q=" + query(text)));
        part(address, "level", level);
        part(address, "before", before);
        return address.toString();
    }

    /** Whatever there is of an address, an id or a word. */
    public String find(String word) {
        return to("/find?q=" + query(word));
    }

    /** What was said in a session. */
    public String watch(String id) {
        return to("/sessions/" + Paths.encode(id));
    }

    /** Messages of the trace that came to something. */
    public String came(String status) {
        return to("/trace?status=" + query(status));
    }

    /** Those of one hour. @param status empty: whatever it came to */
    public String came(String status, Instant hour) {
        return came(status) + "&hour=" + query(hour.toString());
    }

    public String received(String recipient) {
        return to("/trace?recipient=" + query(recipient));
    }

    public String sent(String sender) {
        return to("/trace?sender=" + query(sender));
    }

    private static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
