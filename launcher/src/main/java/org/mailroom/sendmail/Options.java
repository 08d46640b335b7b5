package org.mailroom.sendmail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a program wants, in the options of sendmail. Those that mean nothing here are passed over, with their argument where they
 * have one, because programs give them out of habit.
 */
final class Options {
    /** What is to be done. */
    enum Mode {
        SEND,
        /** SMTP on standard input. */
        SMTP,
        VERIFY,
        SHOW_QUEUE,
        FLUSH
    }

    /** Options whose argument may stand in the next word. */
    private static final String WITH_ARGUMENT = "fFrBCDhLNORVX";

    Mode mode = Mode.SEND;
    boolean recipientsFromHeader;
    boolean dotIsText;
    String sender = "";
    String name = "";
    String notify = "";
    String ret = "";
    String envelopeId = "";
    final List<String> recipients = new ArrayList<>();

    static Options parse(List<String> words) throws SendmailException {
        var options = new Options();
        int i = 0;
        for (; i < words.size() && words.get(i).startsWith("-") && words.get(i).length() > 1; i++) {
            var word = words.get(i);
            if (word.equals("--")) {
                i++;
                break;
            }
            char letter = word.charAt(1);
            var argument = word.substring(2);
            if (argument.isEmpty() && WITH_ARGUMENT.indexOf(letter) >= 0) {
                i++;
                if (i == words.size()) {
                    throw new SendmailException(Exit.USAGE, "option " + word + " needs an argument");
                }
                argument = words.get(i);
            }
            options.take(letter, argument);
        }
        words.subList(Math.min(i, words.size()), words.size()).forEach(options::recipient);
        return options;
    }

    private void take(char letter, String argument) throws SendmailException {
        switch (letter) {
            case 't' -> recipientsFromHeader = true;
            case 'i' -> dotIsText = true;
            case 'o' -> dotIsText |= argument.equals("i");
            case 'f', 'r' -> sender = unbracketed(argument);
            case 'F' -> name = argument;
            case 'N' -> notify = notify(argument);
            case 'R' -> ret = ret(argument);
            case 'V' -> envelopeId = argument;
            case 'b' -> mode = mode(argument);
            case 'q' -> mode = Mode.FLUSH;
            default -> {}
        }
    }

    private static Mode mode(String argument) throws SendmailException {
        return switch (argument) {
            case "m", "" -> Mode.SEND;
            case "s" -> Mode.SMTP;
            case "v" -> Mode.VERIFY;
            case "p" -> Mode.SHOW_QUEUE;
            default ->
                throw new SendmailException(Exit.USAGE, "-b" + argument + " is not for programs of this machine");
        };
    }

    private static String notify(String argument) throws SendmailException {
        var value = argument.toUpperCase(Locale.ROOT);
        if (!value.matches("NEVER|(SUCCESS|FAILURE|DELAY)(,(SUCCESS|FAILURE|DELAY)){0,2}")) {
            throw new SendmailException(Exit.USAGE, "-N takes never, or some of success,failure,delay");
        }
        return value;
    }

    private static String ret(String argument) throws SendmailException {
        var value = argument.toUpperCase(Locale.ROOT);
        if (!value.matches("FULL|HDRS")) {
            throw new SendmailException(Exit.USAGE, "-R takes full or hdrs");
        }
        return value;
    }

    private void recipient(String word) {
        for (var address : Addresses.of(word)) {
            if (!recipients.contains(address)) {
                recipients.add(address);
            }
        }
    }

    private static String unbracketed(String address) {
        var text = address.strip();
        return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
    }
}
