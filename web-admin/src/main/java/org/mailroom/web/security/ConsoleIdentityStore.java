package org.mailroom.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import org.mailroom.admin.ConsoleLogin;
import org.mailroom.admin.ConsoleLogin.Entry.Admitted;

/** Asks the house; the console keeps no passwords. */
@ApplicationScoped
public class ConsoleIdentityStore implements IdentityStore {
    @Inject
    private ConsoleLogin logins;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        return switch (credential) {
            case Admission(var admitted) -> valid(admitted);
            // A program that comes with a password has nobody at hand to ask for a code.
            case ConsoleCredential typed
            when logins.login(typed.address(), typed.password(), typed.client()) instanceof Admitted admitted ->
                valid(admitted);
            case ConsoleCredential _ -> CredentialValidationResult.INVALID_RESULT;
            default -> CredentialValidationResult.NOT_VALIDATED_RESULT;
        };
    }

    private static CredentialValidationResult valid(Admitted admitted) {
        return new CredentialValidationResult(admitted.address(), admitted.roles());
    }
}
