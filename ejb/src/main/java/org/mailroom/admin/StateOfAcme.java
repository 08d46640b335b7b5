package org.mailroom.admin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.acme.AcmePlan;

/**
 * The part of a state that says from which authority certificates are ordered. Who writes its terms into the file has agreed to
 * them. Keys, and what was ordered, stay as they are: none is written into a file.
 */
@Dependent
public class StateOfAcme {
    @Inject
    private AcmeAdmin acme;

    /** There is one at most. */
    StateSection section() {
        return new StateSection(
                        "acme",
                        List.of(),
                        StateSection.fields(
                                "directory",
                                StateField.AUTHORITY,
                                "terms",
                                StateField.TEXT,
                                "contact",
                                StateField.ADDRESS,
                                "names",
                                StateField.NAMES),
                        this::present,
                        (row, _) -> acme.keep(plan(row)),
                        _ -> acme.remove())
                .asking(row -> acme.check(plan(row)));
    }

    private List<StateRow> present() {
        return acme.kept().stream()
                .map(plan -> new StateRow()
                        .with("directory", plan.directory())
                        .with("terms", plan.terms())
                        .with("contact", plan.contact().isEmpty() ? null : plan.contact())
                        .with("names", StateSection.sorted(plan.names())))
                .toList();
    }

    private AcmePlan plan(StateRow row) throws AdminException {
        return acme.plan(row.text("directory"), row.text("terms"), row.text("contact"), row.texts("names"));
    }
}
