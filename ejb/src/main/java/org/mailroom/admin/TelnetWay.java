package org.mailroom.admin;

import java.util.List;

/**
 * How one gets to those who take mail for a domain.
 *
 * @param by {@code route} or {@code mx}
 * @param steps what was asked and found, in order
 * @param targets whom one may talk to
 * @param trouble why mail would go nowhere; empty where there are hosts
 */
public record TelnetWay(String domain, String by, List<Step> steps, List<TelnetTarget> targets, String trouble) {
    public TelnetWay {
        steps = List.copyOf(steps);
        targets = List.copyOf(targets);
    }

    /**
     * @param kind {@code route}, {@code mx}, {@code address}, {@code tlsa}, {@code mta-sts} or {@code tls}
     * @param about the name that was asked for, or the host
     * @param found empty where there is nothing
     * @param secure whether DNS proved it
     */
    public record Step(String kind, String about, String found, boolean secure) {}
}
