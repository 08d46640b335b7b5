package org.mailroom.sendmail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * In whose name mail is handed over: an account of the server, by the first of these files that the caller may read. So who may
 * send is decided by who may read the file, and the server asks this client no less than any other.
 *
 * @param host of the submission service, on this machine unless the file says otherwise
 * @param user the account's address
 */
record Credentials(String host, int port, String user, String password) {
    private static final int SUBMISSION = 2587;

    static Credentials find() throws SendmailException {
        for (var file : files()) {
            if (Files.isReadable(file)) {
                return read(file);
            }
        }
        throw new SendmailException(
                Exit.CONFIGURATION,
                "no credentials: write user=, password= and, where they differ, host= and port= into "
                        + files().getLast() + " or ~/.mailroom-sendmail, readable for those who may send");
    }

    private static List<Path> files() {
        var named = Optional.ofNullable(System.getenv("MAILROOM_SENDMAIL")).map(Path::of);
        var own = Path.of(System.getProperty("user.home"), ".mailroom-sendmail");
        return named.map(List::of).orElseGet(() -> List.of(own, Path.of("/etc/mailroom-sendmail")));
    }

    private static Credentials read(Path file) throws SendmailException {
        var values = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            values.load(reader);
        } catch (IOException e) {
            throw new SendmailException(Exit.CONFIGURATION, file + " cannot be read");
        }
        var user = values.getProperty("user", "");
        if (user.isBlank() || !values.containsKey("password")) {
            throw new SendmailException(Exit.CONFIGURATION, file + " needs user= and password=");
        }
        var port = values.getProperty("port", String.valueOf(SUBMISSION));
        if (!port.matches("[0-9]{1,5}")) {
            throw new SendmailException(Exit.CONFIGURATION, file + ": port= is a number");
        }
        return new Credentials(
                values.getProperty("host", "127.0.0.1"),
                Integer.parseInt(port),
                user.strip(),
                values.getProperty("password"));
    }

    /** A bare name, as cron writes to {@code root}, is one in the domain of the account. */
    String qualified(String address) {
        return address.contains("@") ? address : address + user.substring(Math.max(0, user.indexOf('@')));
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
