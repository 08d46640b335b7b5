package org.mailroom.acme;

/** An order came to nothing; the message is one line for people, with what the authority said. */
public final class AcmeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String step;

    public AcmeFailure(String step, String text) {
        super(text, null, false, false);
        this.step = step;
    }

    /** At which step, as in {@link AcmeStep}. */
    public String step() {
        return step;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
