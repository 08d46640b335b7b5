-- What judges mail, and what is kept aside by it.

-- Messages that were taken and not delivered: an administrator releases or deletes them, or time does.
CREATE TABLE quarantined_message (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue_id      text        NOT NULL,                -- as the 250 said it
    message_id    bigint      NOT NULL REFERENCES message,
    reverse_path  text        NOT NULL,
    parameters    jsonb       NOT NULL DEFAULT '{}',   -- of MAIL
    recipients    jsonb       NOT NULL,                -- [{"address": …, "parameters": {…}}]
    client        text        NOT NULL DEFAULT '',
    rule          text        NOT NULL,                -- which policy decided
    detail        text        NOT NULL DEFAULT '',
    created       timestamptz NOT NULL DEFAULT now(),
    expires       timestamptz NOT NULL
);
CREATE INDEX quarantined_message_message ON quarantined_message (message_id);
CREATE INDEX quarantined_message_expires ON quarantined_message (expires);

-- Administrators' own rules, asked in order of position.
CREATE TABLE policy_rule (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text        NOT NULL UNIQUE,
    position    integer     NOT NULL,
    enabled     boolean     NOT NULL DEFAULT true,
    action      text        NOT NULL,                  -- allow, refuse, defer, junk, quarantine, discard, bounce
    conditions  text[]      NOT NULL,                  -- one a line, as the command line takes them; all must hold
    reason      text        NOT NULL DEFAULT '',       -- what the client or the sender is told
    created     timestamptz NOT NULL DEFAULT now()
);

-- Whose mail is always or never taken: for all, for a domain of ours, or for an address of ours.
CREATE TABLE policy_list (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner    text        NOT NULL DEFAULT '',          -- empty: all; a domain; an address; lower case
    subject  text        NOT NULL,                     -- sender or recipient
    pattern  text        NOT NULL,                     -- an address, a domain, .domain with those below it, or a network
    allow    boolean     NOT NULL,
    created  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (owner, subject, pattern),
    CHECK (subject IN ('sender', 'recipient'))
);

-- Who was asked to come again: a row for each network, sender and recipient that was seen.
CREATE TABLE greylist (
    triplet  bytea       PRIMARY KEY,                  -- SHA-256, cut at 16 octets
    first    timestamptz NOT NULL DEFAULT now(),
    last     timestamptz NOT NULL DEFAULT now(),
    passed   integer     NOT NULL DEFAULT 0            -- messages that came through; of a network alone: of all senders
) WITH (fillfactor = 70);
CREATE INDEX greylist_last ON greylist (last);
