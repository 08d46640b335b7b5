package org.mailroom.authenticity;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailroom.contract.MessageSource;

/** Adds one set to a chain (RFC 8617 §5.1), so that who gets the message next sees what we saw. */
final class ArcSealing {
    private ArcSealing() {}

    /**
     * The three fields, each with its line end; nothing where the chain was broken before: then there is nothing to add to.
     *
     * @param results what we found: the value of Authentication-Results
     * @param chain what came of the chain so far
     * @param names fields to sign that are there
     */
    static Optional<String> fields(
            MessageSource source,
            Header header,
            String results,
            Result chain,
            List<String> names,
            SigningKey key,
            Instant now)
            throws IOException {
        try {
            var sets = new ArrayList<>(ArcSet.of(header));
            int instance = sets.size() + 1;
            if (chain == Result.TEMPERROR
                    || instance > 50
                    || !sets.isEmpty() && sets.getLast().chain().equals("fail")) {
                return Optional.empty();
            }
            var resultField = "ARC-Authentication-Results: i=" + instance + "; " + results;
            var message = message(source, header, names, instance, key, now);
            var own = "ARC-Seal: a=" + key.algorithm().tag() + ";\r\n\tb=; cv="
                    + chain.word() + "; d=" + key.domain() + "; i=" + instance + "; s=" + key.selector()
                    + ";\r\n\tt=" + now.getEpochSecond();
            var set = new ArcSet(
                    instance,
                    Field.of(resultField),
                    Field.of(message),
                    Field.of(own),
                    new TagList(Map.of()),
                    new TagList(Map.of()));
            // RFC 8617 §5.1.2: a chain that fails is sealed alone, because what it says cannot be told.
            if (chain == Result.FAIL) {
                sets.clear();
            }
            sets.add(set);
            var seal = key.algorithm().sign(key.key(), ArcCheck.text(sets));
            var sealed = own.replaceFirst("b=;", "b=" + base64(seal) + ";");
            return Optional.of(sealed + "\r\n" + message + "\r\n" + resultField + "\r\n");
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** In one piece: the next seal is over this field, and folding it later would break that. */
    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /** The tags stand in the order of their names, as sealers commonly write them, and i= behind a blank: some look for that. */
    private static String message(
            MessageSource source, Header header, List<String> names, int instance, SigningKey key, Instant now)
            throws IOException {
        var body = new BodyHash(true);
        BodyHash.read(source, header, List.of(body));
        var head = "ARC-Message-Signature: a=" + key.algorithm().tag() + ";\r\n\tb=";
        var tail = ";\r\n\tbh=" + base64(body.result())
                + "; c=relaxed/relaxed;\r\n\td=" + key.domain() + "; h=" + String.join(":", names) + "; i="
                + instance + ";\r\n\ts=" + key.selector() + "; t=" + now.getEpochSecond();
        var text = SignatureField.text(header, names, Field.of(head + tail), true);
        return head + base64(key.algorithm().sign(key.key(), text)) + tail;
    }
}
