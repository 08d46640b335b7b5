package org.mailroom.connector.pop3;

/** What a reply says to people, in each language of {@link Language}; English is ASCII, which all clients read. */
record Words(String english, String german) {
    String in(Language language) {
        return switch (language) {
            case EN -> english;
            case DE -> german;
        };
    }
}
