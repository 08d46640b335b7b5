package org.mailroom.launcher;

/** What others connect to; the port 0 closes it. */
enum Listener {
    SMTP("smtp", 2525, "SMTP", "mail from other servers; STARTTLS"),
    SUBMISSION("submission", 2587, "Submission", "mail from our users; STARTTLS"),
    SUBMISSIONS("submissions", 2465, "Submission", "TLS"),
    POP3("pop3", 2110, "POP3", "STLS"),
    POP3S("pop3s", 2995, "POP3", "TLS"),
    IMAP("imap", 2143, "IMAP", "STARTTLS"),
    IMAPS("imaps", 2993, "IMAP", "TLS"),
    CONSOLE("console", 8080, "Console", "http"),
    CONSOLE_TLS("consoleTls", 8181, "Console", "https");

    /** As {@code status --json} calls it. */
    final String id;

    final int defaultPort;
    final String service;
    final String note;

    Listener(String id, int defaultPort, String service, String note) {
        this.id = id;
        this.defaultPort = defaultPort;
        this.service = service;
        this.note = note;
    }

    String key() {
        return this == CONSOLE_TLS ? "mail.console.tls-port" : "mail." + id + ".port";
    }

    boolean isConsole() {
        return this == CONSOLE || this == CONSOLE_TLS;
    }
}
