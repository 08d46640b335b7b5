package org.mailroom.admin;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.Secret;
import org.mailroom.login.Passwords;

/** The password that somebody chose, or one that is made for him. */
@Dependent
public class NewSecret {
    @Inject
    private Passwords passwords;

    private AccountSettings settings = AccountSettings.DEFAULT;

    @PostConstruct
    void configure() {
        settings = AccountSettings.current();
    }

    /** @param generated what to show once; null where somebody chose it */
    record Fresh(Secret secret, @Nullable String generated) {
        @Override
        public String toString() {
            return "Fresh";
        }
    }

    /** One that keeps to the rules, or is generated; who may set them aside does so by {@link #make(String)}. */
    Fresh ruled(@Nullable String chosen, MailAddress of, String displayName) throws AdminException {
        if (chosen != null) {
            check(chosen, of, displayName);
        }
        return make(chosen);
    }

    /** Refuses one that the rules refuse. */
    void check(String chosen, MailAddress of, String displayName) throws AdminException {
        var problem = PasswordRules.problem(Texts.password(chosen), of, displayName, settings.shortestPassword());
        if (problem.isPresent()) {
            throw new AdminException(Kind.INVALID, problem.get());
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
