package org.mailroom.system;

import jakarta.mail.Authenticator;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;

/** A user's mail program: Angus Mail, with or without TLS. */
final class MailClient {
    private final Mailroom server = Mailroom.server();
    private final String address;

    MailClient(String address) {
        this.address = address;
    }

    /** How a connection is protected. */
    enum Security {
        NONE,
        STARTTLS,
        TLS
    }

    private Session session(String protocol, int port, Security security) {
        var properties = new Properties();
        var name = "mail." + protocol + ".";
        properties.put("mail.transport.protocol", protocol);
        properties.put(name + "host", "127.0.0.1");
        properties.put(name + "port", String.valueOf(port));
        properties.put(name + "ssl.trust", "*");
        properties.put(name + "ssl.checkserveridentity", "false");
        properties.put(name + "starttls.enable", String.valueOf(security == Security.STARTTLS));
        properties.put(name + "starttls.required", String.valueOf(security == Security.STARTTLS));
        properties.put(name + "ssl.enable", String.valueOf(security == Security.TLS));
        properties.put(name + "timeout", "60000");
        properties.put(name + "connectiontimeout", "20000");
        properties.put(name + "auth", "true");
        properties.put(name + "from", address);
        properties.put(name + "partialfetch", "false");
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(address, Mailroom.password(address));
            }
        });
    }

    /** Sends through submission, as a mail program does. */
    void submit(Security security, String to, String text) throws MessagingException {
        int port = server.port(security == Security.TLS ? "submissions" : "submission");
        send(session("smtp", port, security), to, text);
    }

    /** As above, with parameters of MAIL. */
    void submit(String to, String text, String parameters) throws MessagingException {
        var session = session("smtp", server.port("submission"), Security.STARTTLS);
        session.getProperties().put("mail.smtp.mailextension", parameters);
        send(session, to, text);
    }

    private static void send(Session session, String to, String text) throws MessagingException {
        var message = new MimeMessage(session, new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        try (var transport = session.getTransport("smtp")) {
            transport.connect();
            ((Transport) transport).sendMessage(message, InternetAddress.parse(to));
        }
    }

    /** The login as AUTH PLAIN has it. */
    String plain() {
        var words = "\0" + address + "\0" + Mailroom.password(address);
        return Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
    }

    Store imap(Security security) throws MessagingException {
        var store = session("imap", server.port(security == Security.TLS ? "imaps" : "imap"), security)
                .getStore("imap");
        store.connect();
        return store;
    }

    Store pop3(Security security) throws MessagingException {
        var store = session("pop3", server.port(security == Security.TLS ? "pop3s" : "pop3"), security)
                .getStore("pop3");
        store.connect();
        return store;
    }

    /** INBOX, open for reading and writing. */
    static Folder inbox(Store store) throws MessagingException {
        var inbox = store.getFolder("INBOX");
        inbox.open(Folder.READ_WRITE);
        return inbox;
    }

    /** How many messages stand in INBOX now. */
    int count() throws MessagingException {
        try (var store = imap(Security.NONE)) {
            return store.getFolder("INBOX").getMessageCount();
        }
    }

    /** The octets as they are on the server. */
    static byte[] octets(Message message) throws MessagingException, IOException {
        var octets = new ByteArrayOutputStream();
        message.writeTo(octets);
        return octets.toByteArray();
    }

    static String text(Message message) throws MessagingException, IOException {
        return new String(octets(message), StandardCharsets.ISO_8859_1);
    }
}
