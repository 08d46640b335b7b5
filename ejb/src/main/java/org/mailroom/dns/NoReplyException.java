package org.mailroom.dns;

import java.io.IOException;

/** The servers gave no answer that can be used; the message is one line that says why. */
class NoReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    NoReplyException(String why) {
        super(why);
    }
}
