package org.mailroom.admin;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.mailroom.house.State;

/** What anybody may ask: whether the server serves, and if not, why, in words that give nothing away. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Readiness {
    @Inject
    private State state;

    public boolean ready() {
        return problem().isEmpty();
    }

    /** Empty where it serves. */
    public String problem() {
        return state.unready();
    }
}
