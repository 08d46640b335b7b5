package org.mailroom.authenticity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.mailroom.contract.MessageSource;
import org.mailroom.dns.Dns;

/** Follows a chain of custody back to its begin (RFC 8617 §5.2). */
final class ArcCheck {
    private final Dns dns;

    ArcCheck(Dns dns) {
        this.dns = dns;
    }

    ArcResult check(MessageSource source, Header header) throws IOException {
        try {
            var sets = ArcSet.of(header);
            return sets.isEmpty() ? ArcResult.NONE : check(sets, source, header);
        } catch (MalformedException e) {
            return new ArcResult(Result.FAIL, 0, List.of(), "", e.why());
        }
    }

    private ArcResult check(List<ArcSet> sets, MessageSource source, Header header) throws IOException {
        var sealers = sets.stream().map(set -> set.sealTags().word("d", "")).toList();
        var reported = sets.getFirst().results().unfolded();
        try {
            verify(sets, source, header);
            return new ArcResult(Result.PASS, sets.size(), sealers, reported, "");
        } catch (MalformedException e) {
            return new ArcResult(Result.FAIL, sets.size(), sealers, reported, e.why());
        } catch (KeyRecord.NoAnswerException e) {
            return new ArcResult(Result.TEMPERROR, sets.size(), sealers, reported, "no answer for a key");
        }
    }

    private void verify(List<ArcSet> sets, MessageSource source, Header header)
            throws MalformedException, KeyRecord.NoAnswerException, IOException {
        for (var set : sets) {
            if (!set.chain().equals(set.instance() == 1 ? "none" : "pass")) {
                throw new MalformedException("cv=" + set.chain() + " in set " + set.instance());
            }
            // RFC 8617 §4.1.3: the seal signs no fields of the message.
            if (set.sealTags().find("h").isPresent()) {
                throw new MalformedException("a seal with h=");
            }
        }
        verifyMessage(sets.getLast(), source, header);
        for (int i = sets.size(); i > 0; i--) {
            verifySeal(sets.subList(0, i));
        }
    }

    private void verifyMessage(ArcSet set, MessageSource source, Header header)
            throws MalformedException, KeyRecord.NoAnswerException, IOException {
        var signature = SignatureField.of(set.message(), set.messageTags());
        if (signature.signed().contains(ArcSet.SEAL)) {
            throw new MalformedException("a message signature over a seal");
        }
        var key = KeyRecord.find(dns, signature.selector(), signature.domain());
        var body = new BodyHash(signature.relaxedBody());
        BodyHash.read(source, header, List.of(body));
        if (!MessageDigest.isEqual(body.result(), signature.tags().octets("bh"))) {
            throw new MalformedException("the body was changed after set " + set.instance());
        }
        if (!signature.signs(header, key)) {
            throw new MalformedException("the message signature of set " + set.instance() + " is wrong");
        }
    }

    private void verifySeal(List<ArcSet> sets) throws MalformedException, KeyRecord.NoAnswerException {
        var last = sets.getLast();
        var tags = last.sealTags();
        var algorithm =
                Algorithm.of(tags.word("a", "")).orElseThrow(() -> new MalformedException("an unknown algorithm"));
        var key = KeyRecord.find(dns, SignatureField.host(tags, "s"), SignatureField.host(tags, "d"));
        if (!algorithm.verifies(key.key(), text(sets), tags.octets("b"))) {
            throw new MalformedException("the seal of set " + last.instance() + " is wrong");
        }
    }

    /** All sets in order, and the last seal without its signature (RFC 8617 §5.1.1). */
    static byte[] text(List<ArcSet> sets) {
        var text = new StringBuilder();
        for (var set : sets) {
            text.append(set.results().canonical(true)).append("\r\n");
            text.append(set.message().canonical(true)).append("\r\n");
            if (set == sets.getLast()) {
                text.append(SignatureField.withoutSignature(set.seal()).canonical(true));
            } else {
                text.append(set.seal().canonical(true)).append("\r\n");
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
