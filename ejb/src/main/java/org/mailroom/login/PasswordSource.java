package org.mailroom.login;

import java.util.Optional;
import org.mailroom.directory.MailAddress;

/** Passwords that somebody else judges, who may be slow, or gone. */
public interface PasswordSource {
    /** Whether passwords of names in the domain may be judged there; from memory. */
    boolean covers(String domain);

    /**
     * Whose name and password these are. Waits, though not for long: whoever calls holds no transaction and no connection.
     *
     * @param name as it was typed
     * @return the own address of his account, which is there when this returns; empty where it is wrong
     */
    Optional<String> prove(MailAddress name, String password) throws NoAnswerYet;

    /**
     * Whose name this is, which somebody else has proved. Waits likewise.
     *
     * @return as above; empty also where he may not log in
     */
    Optional<String> known(MailAddress name) throws NoAnswerYet;

    /** Nobody knows whether it is right. */
    final class NoAnswerYet extends Exception {
        private static final long serialVersionUID = 1L;

        public NoAnswerYet() {
            super("the directory does not answer", null, false, false);
        }
    }
}
