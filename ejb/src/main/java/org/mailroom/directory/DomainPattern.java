package org.mailroom.directory;

import java.util.ArrayList;
import java.util.List;

/**
 * One domain, all that lie below one, or all there are.
 *
 * @param text {@code example.org}, {@code *.example.org} or {@code *}; lower case, A-labels
 */
public record DomainPattern(String text) {
    private static final String ALL = "*";
    private static final String BELOW = "*.";

    public static DomainPattern parse(String typed) throws BadAddress {
        var text = typed.strip();
        if (text.equals(ALL)) {
            return new DomainPattern(ALL);
        }
        return text.startsWith(BELOW)
                ? new DomainPattern(
                        BELOW + MailDomain.parse(text.substring(BELOW.length())).name())
                : new DomainPattern(MailDomain.parse(text).name());
    }

    /** Whether it is one domain's name. */
    public boolean isName() {
        return !text.startsWith(ALL);
    }

    /** The texts of all patterns that cover a domain, the closest first. */
    public static List<String> covering(String domain) {
        var patterns = new ArrayList<String>();
        patterns.add(domain);
        for (int dot = domain.indexOf('.'); dot >= 0 && !domain.startsWith("["); dot = domain.indexOf('.', dot + 1)) {
            patterns.add(BELOW + domain.substring(dot + 1));
        }
        patterns.add(ALL);
        return patterns;
    }

    @Override
    public String toString() {
        return text;
    }
}
