package org.mailroom.authenticity;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mailroom.contract.MessageSource;
import org.mailroom.dns.Dns;

/** Verifies DKIM signatures (RFC 6376 §6). The body is read once for all of them, and only if there is one. */
final class DkimCheck {
    /** Signatures above these are not looked at: each costs a question to DNS. */
    private static final int MOST = 8;

    private static final int SHOWN = 8;

    private final Dns dns;
    private final InstantSource clock;

    DkimCheck(Dns dns, InstantSource clock) {
        this.dns = dns;
        this.clock = clock;
    }

    /** One result a signature, from the top down. */
    List<DkimResult> check(MessageSource source, Header header) throws IOException {
        var fields = header.all("dkim-signature").stream().limit(MOST).toList();
        if (fields.isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<Object>();
        fields.forEach(field -> found.add(read(field, header)));
        var bodies = bodies(source, header, found);
        return found.stream()
                .map(each -> each instanceof SignatureField signature
                        ? check(signature, header, bodies.computeIfAbsent(signature.relaxedBody(), BodyHash::new))
                        : (DkimResult) each)
                .toList();
    }

    /** One hash for each way of writing the body that a signature has. */
    private static Map<Boolean, BodyHash> bodies(MessageSource source, Header header, List<Object> found)
            throws IOException {
        Map<Boolean, BodyHash> bodies = new LinkedHashMap<>();
        for (var each : found) {
            if (each instanceof SignatureField signature) {
                bodies.computeIfAbsent(signature.relaxedBody(), BodyHash::new);
            }
        }
        if (!bodies.isEmpty()) {
            BodyHash.read(source, header, bodies.values());
        }
        return bodies;
    }

    /** A signature to verify, or the result where there is nothing to verify. */
    private Object read(Field field, Header header) {
        try {
            var tags = TagList.of(field.value());
            try {
                var signature = SignatureField.of(field, tags);
                check(signature, header);
                return signature;
            } catch (MalformedException e) {
                return result(Result.PERMERROR, tags, e.why());
            }
        } catch (MalformedException e) {
            return new DkimResult(Result.PERMERROR, "", "", "", "", "", e.why());
        }
    }

    /** RFC 6376 §6.1.1. */
    private void check(SignatureField signature, Header header) throws MalformedException {
        if (!header.whole()) {
            throw new MalformedException("the header is too long");
        }
        if (!signature.tags().get("v").equals("1")) {
            throw new MalformedException("an unknown version");
        }
        if (!signature.signed().contains("from")) {
            throw new MalformedException("From is not signed");
        }
        var query = signature.tags().words("q", "dns/txt");
        if (!query.contains("dns/txt")) {
            throw new MalformedException("the key is not in DNS");
        }
        if (!Names.isWithin(agent(signature), signature.domain())) {
            throw new MalformedException("i= is of another domain than d=");
        }
        signature.checkTime(clock.instant());
    }

    private static String agent(SignatureField signature) {
        return signature
                .tags()
                .find("i")
                .map(identity -> identity.substring(identity.lastIndexOf('@') + 1))
                .orElse(signature.domain())
                .toLowerCase(Locale.ROOT);
    }

    private DkimResult check(SignatureField signature, Header header, BodyHash body) {
        var tags = signature.tags();
        try {
            if (!MessageDigest.isEqual(body.result(), tags.octets("bh"))) {
                return result(Result.FAIL, tags, "the body was changed");
            }
            var length = tags.number("l");
            if (length.isPresent() && length.get() != body.octets()) {
                // RFC 6376 §8.2: what stands behind would seem to be signed.
                return result(Result.POLICY, tags, "l= leaves octets unsigned");
            }
            var key = KeyRecord.find(dns, signature.selector(), signature.domain());
            if (key.strict() && !agent(signature).equals(signature.domain())) {
                return result(Result.PERMERROR, tags, "the key is for the domain itself only");
            }
            return signature.signs(header, key)
                    ? result(Result.PASS, tags, "")
                    : result(Result.FAIL, tags, "the signature is wrong");
        } catch (MalformedException e) {
            return result(Result.PERMERROR, tags, e.why());
        } catch (KeyRecord.NoAnswerException e) {
            return result(Result.TEMPERROR, tags, "no answer for the key");
        }
    }

    private static DkimResult result(Result result, TagList tags, String why) {
        var domain = tags.find("d").orElse("").toLowerCase(Locale.ROOT);
        var shown = tags.find("b").orElse("").replaceAll("\\s", "");
        return new DkimResult(
                result,
                domain,
                tags.find("s").orElse(""),
                tags.find("i").orElse("@" + domain),
                tags.word("a", ""),
                shown.substring(0, Math.min(SHOWN, shown.length())),
                why);
    }
}
