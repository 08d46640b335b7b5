package org.mailroom.sendmail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;

/** {@code sendmail} for programs and cron: reads a message and submits it to the server. */
public final class Sendmail {
    private final InputStream in;
    private final PrintStream out;

    Sendmail(InputStream in, PrintStream out) {
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    public static void main(String[] words) {
        System.exit(run(List.of(words), System.in, System.out, System.err));
    }

    /** The exit code. */
    static int run(List<String> words, InputStream in, PrintStream out, PrintStream err) {
        try {
            new Sendmail(in, out).run(Options.parse(words));
            return Exit.OK.code();
        } catch (SendmailException e) {
            err.println("sendmail: " + String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", " "));
            return e.exit().code();
        } catch (IOException e) {
            err.println("sendmail: " + String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", " "));
            return Exit.TRY_AGAIN.code();
        }
    }

    private void run(Options options) throws SendmailException, IOException {
        switch (options.mode) {
            case SEND -> send(options);
            case SMTP -> talk();
            case VERIFY -> verify(options);
            case SHOW_QUEUE -> out.println("The queue is shown to administrators: mailroom queue list");
            // The server runs its queue itself; programs that ask for it are content with that.
            case FLUSH -> {}
        }
    }

    private void send(Options options) throws SendmailException, IOException {
        var draft = Draft.read(in, options.dotIsText);
        var recipients = new LinkedHashSet<>(options.recipients);
        if (options.recipientsFromHeader) {
            recipients.addAll(draft.recipients());
        }
        if (recipients.isEmpty()) {
            throw new SendmailException(Exit.USAGE, "no recipients");
        }
        var credentials = Credentials.find();
        try (var submission = Submission.open(credentials)) {
            var sender = options.sender.contains("@") ? options.sender : credentials.user();
            var everybody = recipients.stream().map(credentials::qualified).toList();
            var name = options.name.isBlank() ? draft.bareAuthor() : options.name;
            var message = draft.octets(from(name, sender));
            submission.good(submission.command(mail(options, sender, message, everybody, submission)));
            for (var recipient : everybody) {
                submission.good(submission.command(
                        "RCPT TO:<" + recipient + ">" + (options.notify.isEmpty() ? "" : " NOTIFY=" + options.notify)));
            }
            submission.data(message);
            submission.command("QUIT");
        }
    }

    private static String mail(
            Options options, String sender, byte[] message, List<String> recipients, Submission submission) {
        var line = new StringBuilder("MAIL FROM:<" + sender + ">");
        if (submission.offers("SIZE")) {
            line.append(" SIZE=").append(message.length);
        }
        if (!isAscii(message) && submission.offers("8BITMIME")) {
            line.append(" BODY=8BITMIME");
        }
        boolean beyondAscii = !isAscii((sender + recipients).getBytes(StandardCharsets.UTF_8));
        if (beyondAscii && submission.offers("SMTPUTF8")) {
            line.append(" SMTPUTF8");
        }
        if (!options.ret.isEmpty()) {
            line.append(" RET=").append(options.ret);
        }
        if (!options.envelopeId.isEmpty()) {
            line.append(" ENVID=").append(xtext(options.envelopeId));
        }
        return line.toString();
    }

    /** SMTP as the program speaks it, in a session that is logged in for it. */
    private void talk() throws SendmailException, IOException {
        try (var submission = Submission.open(Credentials.find())) {
            out.print("220 localhost ESMTP Mailroom\r\n");
            out.flush();
            submission.passThrough(in, out);
        }
    }

    private void verify(Options options) throws SendmailException, IOException {
        var credentials = Credentials.find();
        try (var submission = Submission.open(credentials)) {
            submission.good(submission.command("MAIL FROM:<" + credentials.user() + ">"));
            for (var word : options.recipients) {
                var recipient = credentials.qualified(word);
                var reply = submission.good(submission.command("RCPT TO:<" + recipient + ">"));
                out.println(recipient + "... deliverable: " + reply.text());
            }
            submission.command("QUIT");
        }
    }

    private static String from(String name, String address) {
        return name.isBlank() ? address : "\"" + name.replaceAll("[\"\\\\\\p{Cntrl}]", "") + "\" <" + address + ">";
    }

    /** RFC 3461 §4 */
    private static String xtext(String text) {
        var xtext = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c > ' ' && c < 0x7f && c != '+' && c != '=') {
                xtext.append(c);
            } else {
                xtext.append(String.format("+%02X", (int) c));
            }
        }
        return xtext.toString();
    }

    private static boolean isAscii(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }
}
