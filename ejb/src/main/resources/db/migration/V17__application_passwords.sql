-- Passwords of programs: made here, shown once, kept as a digest. 128 bits cannot be guessed, so a quick hash serves.
CREATE TABLE application_password (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id   bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
    name         text        NOT NULL,                  -- of the program or device
    digest       bytea       NOT NULL UNIQUE,           -- SHA-256
    services     text        NOT NULL,                  -- some of smtp, imap and pop3, divided by blanks
    created      timestamptz NOT NULL DEFAULT now(),
    expires      timestamptz,                           -- null: never
    last_used    timestamptz,                           -- to the minute
    last_client  text        NOT NULL DEFAULT '',       -- IP address
    UNIQUE (account_id, name)
);
