package org.mailroom.queue;

import org.jspecify.annotations.Nullable;

/**
 * An enhanced status code (RFC 3463) as its reader needs it.
 *
 * @param why what happened
 * @param remedy what the sender can do
 */
record PlainWords(String why, String remedy) {
    static PlainWords of(String status, boolean expired) {
        if (status.equals("5.4.7")) {
            // RFC 2852 §4.1.2: the sender's own time, and not ours.
            return new PlainWords(
                    "The time that you set for its delivery is over.",
                    "Reach the recipient another way, or send it again and leave it more time.");
        }
        int dot = status.indexOf('.');
        var kind = dot < 0 ? "" : status.substring(dot + 1);
        var known = known(kind);
        if (known != null) {
            return known;
        }
        if (expired) {
            return new PlainWords(
                    "We tried for days, and the other side never took it.",
                    "Reach the recipient another way and ask whether mail to this address works, then send it again.");
        }
        return switch (kind.isEmpty() ? ' ' : kind.charAt(0)) {
            case '1' ->
                new PlainWords(
                        "The other side did not like the address.",
                        "Check the address for typing mistakes, then send the message again.");
            case '2' ->
                new PlainWords(
                        "The recipient's mailbox takes no mail at present.",
                        "Reach the recipient another way and tell him.");
            case '7' ->
                new PlainWords(
                        "A rule of the recipient's mail system forbids it.",
                        "Its answer below may say which. Reach the recipient another way, or show this report to your administrator.");
            default ->
                new PlainWords(
                        "The recipient's mail system refused it.",
                        "Its answer below may say why. If it does not help you, show this report to your administrator.");
        };
    }

    private static @Nullable PlainWords known(String kind) {
        return switch (kind) {
            case "1.1", "1.0", "1.6" ->
                new PlainWords(
                        "There is no such address.",
                        "Check the part before the @ for typing mistakes, or ask the recipient for his present address.");
            case "1.2" ->
                new PlainWords("There is no such mail domain.", "Check the part behind the @ for typing mistakes.");
            case "1.10" ->
                new PlainWords(
                        "The domain behind the @ accepts no mail at all.",
                        "Check the address for typing mistakes, or ask the recipient for another address.");
            case "2.1" ->
                new PlainWords(
                        "The mailbox exists and is closed.",
                        "Reach the recipient another way and ask for another address.");
            case "2.2" ->
                new PlainWords(
                        "The recipient's mailbox is full.",
                        "Reach the recipient another way and tell him, then send it again.");
            case "2.3", "3.4" ->
                new PlainWords(
                        "The message is larger than the other side takes.",
                        "Send it with smaller attachments, or share large files by other means.");
            case "4.4" ->
                new PlainWords(
                        "No mail host could be found for the domain behind the @.",
                        "Check the part behind the @ for typing mistakes, or ask the recipient for another address.");
            case "4.6" ->
                new PlainWords(
                        "The mail would go round in a circle: the domain points back to us, and we do not know it.",
                        "Show this report to your administrator.");
            case "4.1", "4.2", "4.3" ->
                new PlainWords(
                        "The mail system behind this address could not be reached.",
                        "Reach the recipient another way and tell him, then send it again later.");
            case "7.1" ->
                new PlainWords(
                        "The recipient's mail system does not want this message from you or from us.",
                        "Its answer below may say why. Reach the recipient another way, or show this report to your administrator.");
            default -> null;
        };
    }
}
