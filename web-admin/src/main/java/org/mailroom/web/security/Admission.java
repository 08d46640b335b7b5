package org.mailroom.web.security;

import jakarta.security.enterprise.credential.Credential;
import org.mailroom.admin.ConsoleLogin.Entry.Admitted;

/** Somebody whom the login page has let in, step by step. */
record Admission(Admitted admitted) implements Credential {}
