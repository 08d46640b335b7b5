package org.mailroom.authenticity;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;

/**
 * Whether a domain that passed is the one that readers see in From, and what its owner wishes if not. Which domains belong
 * together is found by walking up the tree in DNS (RFC 9989 §4.10), without a list of public suffixes. One object a message.
 */
final class DmarcCheck {
    /** RFC 9989 §4.10: questions a walk; of a longer name only the last labels are asked. */
    private static final int MOST_STEPS = 8;

    private final Dns dns;
    private final Map<String, Optional<DmarcRecord>> known = new HashMap<>();

    DmarcCheck(Dns dns) {
        this.dns = dns;
    }

    private static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswerException(String name) {
            super("no answer for " + name, null, false, false);
        }
    }

    /** @param authors domains of the addresses in From, lower case */
    DmarcResult check(List<String> authors, SpfResult spf, List<DkimResult> dkim) {
        if (authors.size() != 1 || !authors.getFirst().contains(".")) {
            return DmarcResult.none(Result.NONE, "", "not one author domain");
        }
        var from = authors.getFirst();
        try {
            var record = policy(from);
            if (record == null) {
                return DmarcResult.none(Result.NONE, from, "no record");
            }
            return check(from, record, spf, dkim);
        } catch (NoAnswerException e) {
            return DmarcResult.none(Result.TEMPERROR, from, String.valueOf(e.getMessage()));
        }
    }

    /** What SPF, or one signature, says of the domain of From. */
    private enum Proof {
        NO,
        /** DNS gave no answer where it counts. */
        UNSURE,
        YES
    }

    private DmarcResult check(String from, DmarcRecord record, SpfResult spf, List<DkimResult> dkim)
            throws NoAnswerException {
        var bySpf = proof(from, spf.result(), spf.domain(), record.strictSpf());
        var byDkim = Proof.NO;
        for (var signature : dkim) {
            var proof = proof(from, signature.result(), signature.domain(), record.strictDkim());
            byDkim = proof.compareTo(byDkim) > 0 ? proof : byDkim;
        }
        var result = result(bySpf.compareTo(byDkim) > 0 ? bySpf : byDkim);
        var wish = DmarcRecord.Wish.NONE;
        if (result == Result.FAIL) {
            boolean asksForMissing = record.np() != record.sp() && !from.equals(record.domain());
            wish = record.wishFor(from, !asksForMissing || exists(from));
        }
        return new DmarcResult(
                result,
                from,
                record,
                wish,
                byDkim == Proof.YES,
                bySpf == Proof.YES,
                "dkim " + byDkim + ", spf " + bySpf);
    }

    private static Result result(Proof best) {
        return switch (best) {
            case YES -> Result.PASS;
            case UNSURE -> Result.TEMPERROR;
            case NO -> Result.FAIL;
        };
    }

    private Proof proof(String from, Result result, String domain, boolean strict) {
        if (result != Result.PASS && result != Result.TEMPERROR) {
            return Proof.NO;
        }
        try {
            if (!aligned(from, domain, strict)) {
                return Proof.NO;
            }
        } catch (NoAnswerException e) {
            return Proof.UNSURE;
        }
        return result == Result.PASS ? Proof.YES : Proof.UNSURE;
    }

    /** RFC 9989 §4.10.1: of the domain itself, or of the organization that it belongs to, or of the suffix above that. */
    private @Nullable DmarcRecord policy(String from) throws NoAnswerException {
        var own = record(from);
        if (own.isPresent()) {
            return own.get();
        }
        var found = walk(from);
        var organization = organization(from, found);
        for (var record : found) {
            if (record.domain().equals(organization) || record.psd() == 'y') {
                return record;
            }
        }
        return null;
    }

    /** The records on the way up, the longest name first. */
    private List<DmarcRecord> walk(String domain) throws NoAnswerException {
        var found = new ArrayList<DmarcRecord>();
        for (var name : steps(domain)) {
            var record = record(name);
            if (record.isPresent()) {
                found.add(record.get());
                // RFC 9989 §4.10: these two end it.
                if (record.get().psd() == 'n' || record.get().psd() == 'y' && !name.equals(domain)) {
                    break;
                }
            }
        }
        return found;
    }

    private static List<String> steps(String domain) {
        var labels = List.of(domain.split("\\."));
        var steps = new ArrayList<>(List.of(domain));
        int from = Math.max(1, labels.size() - MOST_STEPS + 1);
        for (int i = from; i < labels.size(); i++) {
            steps.add(String.join(".", labels.subList(i, labels.size())));
        }
        return steps;
    }

    /** RFC 9989 §4.10.2. */
    private static String organization(String domain, List<DmarcRecord> found) {
        for (var record : found) {
            if (record.psd() == 'n') {
                return record.domain();
            }
            if (record.psd() == 'y' && !record.domain().equals(domain)) {
                return below(domain, record.domain());
            }
        }
        return found.isEmpty() ? domain : found.getLast().domain();
    }

    /** One label more than the suffix. */
    private static String below(String domain, String suffix) {
        var rest = domain.substring(0, domain.length() - suffix.length() - 1);
        return domain.substring(rest.lastIndexOf('.') + 1);
    }

    private boolean aligned(String from, String other, boolean strict) throws NoAnswerException {
        if (from.equals(other)) {
            return true;
        }
        if (strict || other.isEmpty() || !sharesLabels(from, other)) {
            return false;
        }
        return organization(from, walk(from)).equals(organization(other, walk(other)));
    }

    /** Without the last label in common they cannot belong together, and need not be asked about. */
    private static boolean sharesLabels(String one, String other) {
        return one.substring(one.lastIndexOf('.') + 1).equals(other.substring(other.lastIndexOf('.') + 1));
    }

    private Optional<DmarcRecord> record(String domain) throws NoAnswerException {
        var before = known.get(domain);
        if (before != null) {
            return before;
        }
        var name = "_dmarc." + domain;
        var record = switch (dns.texts(name)) {
            case Answer.Found<String> found -> only(domain, found.values());
            case Answer.None<String> _ -> Optional.<DmarcRecord>empty();
            case Answer.Unknown<String> _ -> throw new NoAnswerException(name);
        };
        known.put(domain, record);
        return record;
    }

    /** RFC 9989 §4.7: several records are none. */
    private static Optional<DmarcRecord> only(String domain, List<String> texts) {
        var records = texts.stream().filter(DmarcRecord::isRecord).toList();
        if (records.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(DmarcRecord.of(domain, records.getFirst()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** RFC 9989 §3.2.13: a name for which there is nothing that mail needs. */
    private boolean exists(String domain) throws NoAnswerException {
        for (var answer : List.<Answer<?>>of(dns.exchangers(domain), dns.addresses(domain, false))) {
            switch (answer) {
                case Answer.Found<?> _ -> {
                    return true;
                }
                case Answer.Unknown<?> _ -> throw new NoAnswerException(domain);
                case Answer.None<?> none -> {
                    if (!none.name()) {
                        return false;
                    }
                }
            }
        }
        return dns.addresses(domain, true) instanceof Answer.Found<InetAddress>;
    }
}
