package org.mailroom.connector.net;

/** The house cannot take a call now, and the call has no other way to say so: a passing fault, not one of ours. */
public final class HouseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HouseUnavailableException(String text) {
        super(text, null, false, false);
    }
}
