package org.mailroom.web.security;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody whose password was right, and whose code is still wanted; kept in the session for a few minutes. */
record HalfWay(String address, Instant until) implements Serializable {
    private static final String ATTRIBUTE = "mailroom.half-way";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static void begin(HttpSession session, String address) {
        session.setAttribute(ATTRIBUTE, new HalfWay(address, Instant.now().plus(PATIENCE)));
    }

    static Optional<HalfWay> in(@Nullable HttpSession session) {
        return session != null && session.getAttribute(ATTRIBUTE) instanceof HalfWay half
                ? Optional.of(half).filter(one -> one.until.isAfter(Instant.now()))
                : Optional.empty();
    }

    static void end(HttpSession session) {
        session.removeAttribute(ATTRIBUTE);
    }
}
