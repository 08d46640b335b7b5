package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks everywhere for a word: what the caller may not see, the beans that are asked do not tell. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR})
public class FindAdmin {
    /** Of each kind; who wants more goes to its list. */
    private static final int MOST = 8;

    private static final int SHORTEST = 2;
    private static final int LONGEST = 320;

    @Resource
    private SessionContext session;

    @Inject
    private AccountAdmin accounts;

    @Inject
    private DomainAdmin domains;

    @Inject
    private AddressAdmin addresses;

    @Inject
    private SharedMailboxAdmin shared;

    @Inject
    private QueueAdmin queue;

    @Inject
    private TraceAdmin trace;

    @Inject
    private SettingsAdmin settings;

    /** Nothing where the word is too short to mean anything. */
    public List<Found> find(String typed) throws AdminException {
        var word = typed.strip();
        var found = new ArrayList<Found>();
        if (word.length() < SHORTEST || word.length() > LONGEST) {
            return found;
        }
        accounts.accounts(word, 0, MOST)
                .rows()
                .forEach(one -> found.add(new Found("account", one.address(), one.address(), one.displayName())));
        found.addAll(some(
                domains.domains(),
                word,
                one -> new Found("domain", one.name(), one.name(), String.join(", ", one.otherNames()))));
        if (is(Role.ADMINISTRATOR) || is(Role.DOMAIN_ADMINISTRATOR) || is(Role.AUDITOR)) {
            found.addAll(some(
                    addresses.aliases(),
                    word,
                    one -> new Found("alias", one.address(), one.address(), String.join(", ", one.targets()))));
            found.addAll(some(addresses.groups(), word, one -> new Found("group", one.address(), one.address(), "")));
            found.addAll(some(
                    shared.all(), word, one -> new Found("shared", one.address(), one.address(), one.displayName())));
        }
        messages(word, found);
        if (is(Role.ADMINISTRATOR) || is(Role.AUDITOR)) {
            found.addAll(some(
                    settings.settings(), word, one -> new Found("setting", one.key(), one.key(), one.description())));
        }
        return found;
    }

    private boolean is(String role) {
        return session.isCallerInRole(role);
    }

    private void messages(String word, List<Found> found) throws AdminException {
        queue.entries(QueueSelection.of(word), 0, MOST)
                .rows()
                .forEach(one -> found.add(new Found("queue", String.valueOf(one.id()), one.queueId(), one.sender())));
        // Angle brackets are part of a Message-ID only where it is written down.
        var text = word.replaceAll("^<|>$", "");
        trace.search(new TraceQuery(text, "", "", "", "", "", null, null), 0, MOST).rows().stream()
                .filter(one -> !one.queueId().isEmpty())
                .forEach(one -> found.add(new Found(
                        "message",
                        one.queueId(),
                        one.queueId(),
                        one.sender() + " → " + one.recipients() + " " + one.subject())));
    }

    private static <T> List<Found> some(List<T> all, String word, Function<T, Found> found) {
        var wanted = word.toLowerCase(Locale.ROOT);
        return all.stream()
                .map(found)
                .filter(one -> Stream.of(one.name(), one.about())
                        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted)))
                .limit(MOST)
                .toList();
    }
}
