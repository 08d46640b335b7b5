package org.mailroom.web.security;

import jakarta.security.enterprise.credential.Credential;

/**
 * What a program says in the name of a person.
 *
 * @param client the address from which it came, by which guessing is slowed down
 */
record ConsoleCredential(String address, String password, String client) implements Credential {
    @Override
    public String toString() {
        return "ConsoleCredential[" + address + "]";
    }
}
