package org.mailroom.authenticity;

import java.util.List;
import java.util.stream.Collectors;

/** All that was found about one message. */
record Findings(SpfResult spf, List<DkimResult> dkim, DmarcResult dmarc, ArcResult arc) {
    Findings {
        dkim = List.copyOf(dkim);
    }

    /** The field (RFC 8601), with its line end. */
    String field(String host) {
        var text = new StringBuilder("Authentication-Results: ").append(host);
        text.append(";\r\n\tspf=").append(spf.result().word()).append(comment(spf.why()));
        text.append(spf.helo() ? " smtp.helo=" : " smtp.mailfrom=").append(value(spf.domain()));
        if (dkim.isEmpty()) {
            text.append(";\r\n\tdkim=none");
        }
        for (var signature : dkim) {
            text.append(";\r\n\tdkim=").append(signature.result().word()).append(comment(signature.why()));
            text.append(" header.d=").append(value(signature.domain()));
            text.append(" header.s=").append(value(signature.selector()));
            text.append(" header.a=").append(value(signature.algorithm()));
            text.append(" header.b=\"").append(plain(signature.signature())).append('"');
        }
        text.append(";\r\n\tdmarc=").append(dmarc.result().word());
        if (dmarc.record() != null) {
            text.append(" (p=").append(dmarc.record().wish().word()).append(')');
        }
        text.append(" header.from=").append(value(dmarc.from()));
        text.append(";\r\n\tarc=").append(arc.result().word()).append(comment(arc.why()));
        return text.append("\r\n").toString();
    }

    /** In one line, for people who look for the reason. */
    String line() {
        var signatures = dkim.stream()
                .map(each -> plain(each.domain()) + "=" + each.result().word())
                .collect(Collectors.joining(" "));
        return "spf=" + spf.result().word() + " (" + plain(spf.domain()) + ") dkim="
                + (signatures.isEmpty() ? "none" : "(" + signatures + ")") + " dmarc="
                + dmarc.result().word() + " (" + plain(dmarc.from()) + ") arc="
                + arc.result().word();
    }

    private static String comment(String why) {
        return why.isEmpty() ? "" : " (" + plain(why) + ")";
    }

    /** It comes from strangers, and goes into a header. */
    private static String plain(String text) {
        return text.substring(0, Math.min(text.length(), 200)).replaceAll("[^ -~]|[()\\\\\"]", "?");
    }

    private static String value(String text) {
        return text.matches("[A-Za-z0-9!#$%&'*+/^_`{|}~.@-]+") ? text : '"' + plain(text) + '"';
    }
}
