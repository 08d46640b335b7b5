package org.mailroom.contract;

/**
 * Who asks: the account that logged in, and the session in which it did, so that rights are judged and the trace names the
 * one who moved or removed a message.
 *
 * @param session the wire's id of the session, as it stands in the log
 */
public record Actor(AccountId account, Protocol protocol, String session) {
    /** For the log: in which session a call with these parameters is made; empty where nobody is among them. */
    public static String sessionIn(Object... parameters) {
        for (var parameter : parameters) {
            if (parameter instanceof Actor actor) {
                return " session=" + actor.session;
            }
        }
        return "";
    }
}
