package org.mailroom.directory;

import java.util.Locale;

/** Whose mail a group passes on. */
public enum WhoMaySend {
    ANYBODY,
    /** Those who receive it: one of ours must have logged in, of others the reverse path is believed. */
    MEMBERS,
    /** Accounts of ours that have logged in. */
    ACCOUNTS;

    /** As the tables and the API write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static WhoMaySend of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
