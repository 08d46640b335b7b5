package org.mailroom.admin;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.mailroom.acme.Answers;

/** What an authority asks our names for, without saying who it is. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AcmeAnswers {
    @Inject
    private Answers answers;

    /** RFC 8555 §8.3 */
    public Optional<String> find(String token) {
        return answers.find(token);
    }
}
