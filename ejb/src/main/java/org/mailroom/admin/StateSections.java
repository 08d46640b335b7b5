package org.mailroom.admin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a state can name, in the order in which it can be made. Everything goes through the beans that people's changes go through. */
@Dependent
public class StateSections {
    @Inject
    private StateOfDomains domains;

    @Inject
    private StateOfAccounts accounts;

    @Inject
    private StateOfServer server;

    @Inject
    private StateOfAcme acme;

    @Inject
    private Scope scope;

    /** Those that the caller may read; a domain administrator those of his domains. */
    List<StateSection> all() {
        return scope.seen() == null ? all(domains, accounts, server, acme) : domains.sections(accounts);
    }

    private static List<StateSection> all(
            StateOfDomains domains, StateOfAccounts accounts, StateOfServer server, StateOfAcme acme) {
        return Stream.of(domains.sections(accounts), server.sections(), List.of(acme.section()))
                .flatMap(List::stream)
                .toList();
    }

    /** The fields of each section, for the description of the API. */
    public static Map<String, Map<String, StateField>> shapes() {
        var shapes = new LinkedHashMap<String, Map<String, StateField>>();
        all(new StateOfDomains(), new StateOfAccounts(), new StateOfServer(), new StateOfAcme())
                .forEach(section -> shapes.put(section.name(), section.fields()));
        return shapes;
    }
}
