package org.mailroom.web.security;

import jakarta.security.enterprise.credential.Credential;
import org.mailroom.admin.ConsoleLogin.Entry.Admitted;

/** Somebody who was let in: by the login page, step by step, or because an issuer vouched for him. */
record Admission(Admitted admitted) implements Credential {}
