package org.mailroom.connector.sasl;

import org.mailroom.contract.login.Logins.LoginVerdict;

/** What comes of a client's message; each protocol has its own words for it. */
public sealed interface Step {
    /** @param base64 to be sent to the client, which answers; may be empty */
    record Challenge(String base64) implements Step {}

    /** The exchange is over. */
    record Judged(LoginVerdict verdict) implements Step {}

    /** The client gave up ({@code *}, RFC 4422 §5). */
    record Cancelled() implements Step {}

    /** The exchange is over, because a message was none of the mechanism's; no proof was judged. */
    record Malformed() implements Step {}
}
