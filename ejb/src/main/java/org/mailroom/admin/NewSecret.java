package org.mailroom.admin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Secret;
import org.mailroom.login.Passwords;

/** The password that somebody chose, or one that is made for him. */
@Dependent
public class NewSecret {
    @Inject
    private Passwords passwords;

    /** @param generated what to show once; null where somebody chose it */
    record Fresh(Secret secret, @Nullable String generated) {
        @Override
        public String toString() {
            return "Fresh";
        }
    }

    Fresh make(@Nullable String chosen) throws AdminException {
        try {
            if (chosen != null) {
                return new Fresh(passwords.keep(Texts.password(chosen)), null);
            }
            var generated = passwords.generate();
            return new Fresh(passwords.keep(generated), generated);
        } catch (Passwords.Busy e) {
            throw new AdminException(Kind.CONFLICT, "The server is busy with logins; try again in a minute");
        }
    }
}
