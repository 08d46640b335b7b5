package org.mailroom.directory;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a password, from which it cannot be read.
 *
 * @param verifier argon2id in PHC form
 * @param scram null where the password cannot be prepared for SCRAM
 */
public record Secret(String verifier, @Nullable Scram scram) {
    /** The server's side of SCRAM-SHA-256 (RFC 5802 §3); arrays are not copied and must not change. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Scram(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {}

    @Override
    public String toString() {
        return "Secret";
    }
}
