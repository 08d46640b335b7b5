package org.mailroom.authenticity;

import java.util.Locale;

/**
 * What the owner of a domain wishes (RFC 9989 §4.7).
 *
 * @param domain where it was found
 * @param text the record as it stands in DNS
 * @param wish for the domain itself, {@code sp} for those below it that exist, {@code np} for those that do not
 * @param strictDkim whether the signer must be the very domain of From
 * @param testing whether the wish is to be taken one step milder (t=y)
 * @param psd whether the domain says it is a public suffix ({@code y}), is not ({@code n}), or leaves it open ({@code u})
 */
record DmarcRecord(
        String domain,
        String text,
        Wish wish,
        Wish sp,
        Wish np,
        boolean strictDkim,
        boolean strictSpf,
        boolean testing,
        char psd) {
    /** What is to become of mail that fails. */
    enum Wish {
        NONE,
        QUARANTINE,
        REJECT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Wish milder() {
            return this == REJECT ? QUARANTINE : NONE;
        }
    }

    static boolean isRecord(String text) {
        return text.matches("(?s)v\\s*=\\s*DMARC1\\s*(;.*|$)");
    }

    static DmarcRecord of(String domain, String text) throws MalformedException {
        var tags = TagList.of(text);
        // RFC 9989 §4.7: without a wish that makes sense, but with somebody to report to, it is p=none.
        var p = wish(tags.find("p").orElse(tags.find("rua").isPresent() ? "none" : ""), Wish.NONE, tags);
        var sp = wish(tags.find("sp").orElse(p.word()), p, tags);
        var np = wish(tags.find("np").orElse(sp.word()), sp, tags);
        var psd = tags.word("psd", "u");
        return new DmarcRecord(
                domain,
                text,
                p,
                sp,
                np,
                tags.word("adkim", "r").equals("s"),
                tags.word("aspf", "r").equals("s"),
                tags.word("t", "n").equals("y"),
                psd.isEmpty() ? 'u' : psd.charAt(0));
    }

    private static Wish wish(String text, Wish otherwise, TagList tags) throws MalformedException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none" -> Wish.NONE;
            case "quarantine" -> Wish.QUARANTINE;
            case "reject" -> Wish.REJECT;
            default -> {
                if (tags.find("rua").isEmpty()) {
                    throw new MalformedException("p= makes no sense");
                }
                yield otherwise;
            }
        };
    }

    /** @param exists whether the domain of From is there at all */
    Wish wishFor(String from, boolean exists) {
        var wished = from.equals(domain) ? wish : exists ? sp : np;
        return testing ? wished.milder() : wished;
    }
}
