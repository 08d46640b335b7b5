package org.mailroom.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import org.mailroom.admin.ConsoleLogin;

/** Asks the house; the console keeps no passwords. */
@ApplicationScoped
public class ConsoleIdentityStore implements IdentityStore {
    @Inject
    private ConsoleLogin logins;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        return credential instanceof ConsoleCredential typed
                ? logins.login(typed.address(), typed.password(), typed.client())
                        .map(admitted -> new CredentialValidationResult(admitted.address(), admitted.roles()))
                        .orElse(CredentialValidationResult.INVALID_RESULT)
                : CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
}
