package org.mailroom.connector.conversation;

import java.util.Map;
import java.util.regex.Matcher;

/** A line of a script with wildcards: {@code {...}} is anything, {@code {name}} is anything that is remembered. */
record Pattern(String text) {
    /** Digits in braces are IMAP's and stand for themselves. */
    private static final java.util.regex.Pattern WILDCARD =
            java.util.regex.Pattern.compile("\\{([a-zA-Z][\\w-]*|\\.\\.\\.)}");

    /** Whether the line fits; what it names for the first time is remembered. */
    boolean matches(String line, Map<String, String> known) {
        var regex = new StringBuilder();
        var groups = new java.util.ArrayList<String>();
        var wildcards = WILDCARD.matcher(text);
        int at = 0;
        while (wildcards.find()) {
            regex.append(java.util.regex.Pattern.quote(text.substring(at, wildcards.start())));
            var name = wildcards.group(1);
            if (name.equals("...")) {
                regex.append(".*");
            } else if (known.containsKey(name)) {
                regex.append(java.util.regex.Pattern.quote(known.get(name)));
            } else {
                regex.append("(.+)");
                groups.add(name);
            }
            at = wildcards.end();
        }
        regex.append(java.util.regex.Pattern.quote(text.substring(at)));
        var match = java.util.regex.Pattern.compile(regex.toString(), java.util.regex.Pattern.DOTALL)
                .matcher(line);
        if (!match.matches()) {
            return false;
        }
        for (int i = 0; i < groups.size(); i++) {
            known.put(groups.get(i), match.group(i + 1));
        }
        return true;
    }

    /** The text with what is known put in. */
    String filled(Map<String, String> known) {
        return WILDCARD.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(known.getOrDefault(m.group(1), m.group())));
    }
}
