package org.mailroom.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Gets a policy from its domain's web server (RFC 8461 §3.3). */
record StsFetch(Web web, UnaryOperator<String> place) implements StsPolicies.Fetch {
    /** Where a domain has its policy. */
    static String wellKnown(String domain) {
        return "https://mta-sts." + domain + "/.well-known/mta-sts.txt";
    }

    @Override
    public String policy(String domain) throws IOException {
        var got = web.get(place.apply(domain));
        if (got.status() != 200 || !got.type().startsWith("text/plain")) {
            throw new IOException("the web server answered " + got.status() + " " + got.type());
        }
        return new String(got.octets(), StandardCharsets.US_ASCII);
    }
}
