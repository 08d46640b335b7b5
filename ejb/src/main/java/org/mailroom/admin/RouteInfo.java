package org.mailroom.admin;

/**
 * Where mail goes, instead of the MX of its domain.
 *
 * @param domain {@code example.org}, {@code *.example.org} or {@code *}
 * @param sender whose mail: an address or a domain; empty: everybody's
 * @param target {@code smtp://host:port}, several divided by blanks in the order in which they are asked; empty: the MX
 * @param tls {@code none}, {@code may}, {@code require} or {@code verify}
 * @param login for SMTP AUTH; empty: none. Its password is never shown
 * @param hold empty; or {@code etrn}: until somebody asks; or times of the day such as {@code 06:00 18:30}
 */
public record RouteInfo(String domain, String sender, String target, String tls, String login, String hold) {
    /** Hosts only, for everybody. */
    public static RouteInfo of(String domain, String target) {
        return new RouteInfo(domain, "", target, "may", "", "");
    }
}
