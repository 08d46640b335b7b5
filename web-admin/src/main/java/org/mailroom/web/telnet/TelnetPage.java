package org.mailroom.web.telnet;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.TelnetAdmin;
import org.mailroom.admin.TelnetTalk;
import org.mailroom.admin.TelnetTarget;
import org.mailroom.admin.TelnetWay;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;

/** A conversation by hand. The address of the page names it, so that a reload goes on with it. */
@Named
@RequestScoped
public class TelnetPage {
    @Inject
    private TelnetAdmin admin;

    @Inject
    private Here here;

    @Inject
    private Links links;

    @Inject
    private Notices notices;

    private String domain = "";
    private int port;
    private String line = "";
    private @Nullable TelnetTalk talk;
    private @Nullable TelnetWay way;
    private String trouble = "";

    /** Called once, before the page is written. */
    public void load() {
        try {
            if (getConversation().isEmpty() && !domain.isBlank()) {
                way = admin.way(domain.strip(), port);
            }
        } catch (AdminException refused) {
            trouble = refused.text();
        }
    }

    /** Null where there is none, or it is over. Asked for before values of the form arrive, so the address and the form name it. */
    public @Nullable TelnetTalk getTalk() {
        try {
            if (talk == null && !getConversation().isEmpty()) {
                talk = admin.talk(getConversation());
            }
            return talk;
        } catch (AdminException over) {
            return null;
        }
    }

    public String getConversation() {
        return here.parameter("c");
    }

    public List<TelnetTarget> getOwn() {
        return admin.here();
    }

    public List<Integer> getPorts() {
        return admin.ports();
    }

    /** Those of the reader that go on. */
    public List<TelnetTalk> getTalks() throws AdminException {
        return admin.talks().stream().filter(one -> !one.ended()).toList();
    }

    public void open() {
        try {
            here.go(links.telnet(admin.open(here.chosen("open"))));
        } catch (AdminException refused) {
            notices.problem(refused.text());
            here.go(links.to("/telnet"));
        }
    }

    public void send() {
        send(line);
    }

    /** One of the lines that are offered. */
    public void sendUsual() {
        send(here.chosen("usual"));
    }

    private void send(String text) {
        try {
            admin.send(getConversation(), text);
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.go(links.telnet(getConversation()));
    }

    public void close() {
        try {
            admin.close(getConversation());
        } catch (AdminException gone) {
            notices.problem(gone.text());
        }
        here.go(links.to("/telnet"));
    }

    public @Nullable TelnetWay getWay() {
        return way;
    }

    public String getTrouble() {
        return trouble;
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(@Nullable String domain) {
        this.domain = domain == null ? "" : domain;
    }

    public int getPort() {
        return port;
    }

    public void setPort(int port) {
        this.port = port;
    }

    public String getLine() {
        return line;
    }

    public void setLine(@Nullable String line) {
        this.line = line == null ? "" : line;
    }
}
