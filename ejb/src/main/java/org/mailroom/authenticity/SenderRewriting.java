package org.mailroom.authenticity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The Sender Rewriting Scheme: an address of ours in place of a stranger's reverse path, so that what we forward passes SPF, and
 * the stranger's again when a bounce comes back to it. {@code SRS0=hash=day=domain=local@ours}; and of an address that another
 * forwarder made, {@code SRS1=hash=forwarder=rest@ours}, so that it grows only once. The hash keeps others from sending bounces
 * through us to addresses of their choice.
 */
public final class SenderRewriting {
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    /** Characters of the hash: 50 bits. Case is no part of it, because hosts on the way change it. */
    private static final int HASH = 10;

    private static final int DAYS = 32 * 32;
    private static final Pattern FIRST = Pattern.compile("(?is)SRS0[=+-]([a-z2-7]+)=([a-z2-7]{2})=([^=]+)=(.*)");
    private static final Pattern FOREIGN_FIRST = Pattern.compile("(?is)SRS0([=+-].+)");
    private static final Pattern LATER = Pattern.compile("(?is)SRS1[=+-]([a-z2-7]+)=([^=]+)=([=+-].+)");
    private static final Pattern FOREIGN_LATER = Pattern.compile("(?is)SRS1[=+-][^=]+=([^=]+)=([=+-].+)");
    private static final Pattern ATOM = Pattern.compile("[^\\s\"(),:;<>@\\[\\]\\\\\\p{Cntrl}]+");

    private final List<byte[]> secrets;
    private final Duration valid;
    private final InstantSource clock;

    /**
     * @param secrets the first makes hashes, all of them prove them
     * @param valid how long a bounce may take, below 1024 days
     */
    public SenderRewriting(List<byte[]> secrets, Duration valid, InstantSource clock) {
        this.secrets = List.copyOf(secrets);
        this.valid = valid;
        this.clock = clock;
    }

    /**
     * The reverse path under which mail goes on.
     *
     * @param reversePath as it came; the empty one stays empty
     * @param domain ours, to which bounces will come
     */
    public String forwarded(String reversePath, String domain) {
        int at = reversePath.lastIndexOf('@');
        if (at <= 0 || reversePath.substring(at + 1).equalsIgnoreCase(domain)) {
            return reversePath;
        }
        var local = unquoted(reversePath.substring(0, at));
        var from = reversePath.substring(at + 1).toLowerCase(Locale.ROOT);
        return quoted(rewritten(local, from)) + "@" + domain;
    }

    private String rewritten(String local, String from) {
        var foreign = FOREIGN_FIRST.matcher(local);
        if (foreign.matches()) {
            return later(from, foreign.group(1));
        }
        var further = FOREIGN_LATER.matcher(local);
        if (further.matches()) {
            return later(further.group(1), further.group(2));
        }
        var day = day(today());
        return "SRS0=" + hash(secrets.getFirst(), day, from, local) + "=" + day + "=" + from + "=" + local;
    }

    private String later(String forwarder, String rest) {
        return "SRS1=" + hash(secrets.getFirst(), forwarder, rest) + "=" + forwarder + "=" + rest;
    }

    /** Whether an address looks like one that we made, so that {@link #original} is worth a try. */
    public static boolean isRewritten(String address) {
        return address.regionMatches(true, 0, "SRS0", 0, 4)
                || address.regionMatches(true, 0, "SRS1", 0, 4)
                || address.regionMatches(true, 0, "\"SRS", 0, 4);
    }

    /** Where a bounce to this address of ours belongs; empty where we did not make it, or too long ago. */
    public Optional<String> original(String address) {
        int at = address.lastIndexOf('@');
        var local = unquoted(at < 0 ? address : address.substring(0, at));
        var first = FIRST.matcher(local);
        if (first.matches()) {
            boolean ours = isOurs(first.group(1), first.group(2), first.group(3), first.group(4));
            return ours && isFresh(first.group(2))
                    ? Optional.of(quoted(first.group(4)) + "@" + first.group(3))
                    : Optional.empty();
        }
        var later = LATER.matcher(local);
        return later.matches() && isOurs(later.group(1), later.group(2), later.group(3))
                ? Optional.of(quoted("SRS0" + later.group(3)) + "@" + later.group(2))
                : Optional.empty();
    }

    private boolean isOurs(String hash, String... parts) {
        var given = hash.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        return secrets.stream()
                .anyMatch(secret ->
                        MessageDigest.isEqual(given, hash(secret, parts).getBytes(StandardCharsets.US_ASCII)));
    }

    private boolean isFresh(String day) {
        int then = 32 * BASE32.indexOf(Character.toLowerCase(day.charAt(0)))
                + BASE32.indexOf(Character.toLowerCase(day.charAt(1)));
        return Math.floorMod(today() - then, DAYS) <= valid.toDays();
    }

    private long today() {
        return Math.floorMod(clock.instant().getEpochSecond() / 86_400, DAYS);
    }

    private static String day(long number) {
        return "" + BASE32.charAt((int) number / 32) + BASE32.charAt((int) number % 32);
    }

    private static String hash(byte[] secret, String... parts) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            for (var part : parts) {
                mac.update(part.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
            }
            return base32(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base32(byte[] octets) {
        var text = new StringBuilder(HASH);
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | (octets[i] & 0xFF);
        }
        for (int i = 0; i < HASH; i++) {
            text.append(BASE32.charAt((int) (bits >>> 59 - 5 * i & 31)));
        }
        return text.toString();
    }

    private static String unquoted(String local) {
        return local.length() > 1 && local.startsWith("\"") && local.endsWith("\"")
                ? local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1")
                : local;
    }

    private static String quoted(String local) {
        boolean plain = ATOM.matcher(local).matches()
                && !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..");
        return plain ? local : '"' + local.replaceAll("([\"\\\\])", "\\\\$1") + '"';
    }
}
