package org.mailroom.authenticity;

/** Domain names, lower case, without the last dot. */
final class Names {
    private Names() {}

    /** Whether a name is the domain or below it. */
    static boolean isWithin(String name, String domain) {
        return name.equals(domain) || name.endsWith("." + domain);
    }

    /** Behind the last {@code @}; empty where there is none. */
    static String domain(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? "" : address.substring(at + 1).toLowerCase(java.util.Locale.ROOT);
    }
}
