package org.mailroom.directory;

/**
 * Where accounts of a domain live, if that is not here: somebody else's directory, which may be slow, or gone. Whom it knows gets
 * an account here at his first mail or login; from then on mail for him asks nobody.
 */
public interface AccountSource {
    /** For a house whose accounts all live in its own tables. */
    AccountSource NONE = new AccountSource() {
        @Override
        public boolean covers(String domain) {
            return false;
        }

        @Override
        public boolean isStranger(MailAddress address) {
            return true;
        }

        @Override
        public boolean ask(MailAddress address) {
            return true;
        }
    };

    /** Whether accounts of the domain may live there; from memory. */
    boolean covers(String domain);

    /** Whether it said lately that nobody has the address; from memory. */
    boolean isStranger(MailAddress address);

    /**
     * Looks the address up there; somebody who has it has an account when this returns. Waits, though not for long: whoever calls
     * holds no transaction and no connection.
     *
     * @return false where there was no answer
     */
    boolean ask(MailAddress address);
}
