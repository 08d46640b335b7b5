-- The schema of the first release. Names are those of the field; times are timestamptz; sizes are octets with CRLF line ends.

-- Directory -------------------------------------------------------------------------------------------------------------

CREATE TABLE domain (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name     text        NOT NULL UNIQUE,              -- lower case, A-labels
    created  timestamptz NOT NULL DEFAULT now(),
    version  integer     NOT NULL DEFAULT 0,
    CHECK (name = lower(name))
);

CREATE TABLE account (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain_id         bigint      NOT NULL REFERENCES domain,
    local_part        text        NOT NULL,            -- lower case: our local parts are told apart without regard to case
    display_name      text        NOT NULL DEFAULT '',
    enabled           boolean     NOT NULL DEFAULT true,
    verifier          text,                            -- argon2id in PHC form; null: no password login
    scram_salt        bytea,                           -- RFC 5803: SCRAM-SHA-256 beside it, so that no password has to be typed again
    scram_iterations  integer,
    scram_stored_key  bytea,
    scram_server_key  bytea,
    quota_octets      bigint,                          -- null: no limit
    quota_messages    bigint,
    created           timestamptz NOT NULL DEFAULT now(),
    version           integer     NOT NULL DEFAULT 0,
    UNIQUE (domain_id, local_part),
    CHECK (local_part = lower(local_part))
);

-- What an account may do in the console, everywhere or in one domain.
CREATE TABLE account_role (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    role        text   NOT NULL,
    domain_id   bigint REFERENCES domain ON DELETE CASCADE,
    UNIQUE NULLS NOT DISTINCT (account_id, role, domain_id)
);

-- Another address of an account; postmaster and abuse of a domain are such.
CREATE TABLE alias (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain_id   bigint  NOT NULL REFERENCES domain,
    local_part  text    NOT NULL,
    account_id  bigint  NOT NULL REFERENCES account ON DELETE CASCADE,
    version     integer NOT NULL DEFAULT 0,
    UNIQUE (domain_id, local_part),
    CHECK (local_part = lower(local_part))
);
CREATE INDEX alias_account ON alias (account_id);

-- Where mail for a domain goes, instead of its MX.
CREATE TABLE route (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain   text        NOT NULL UNIQUE,
    target   text        NOT NULL,                     -- smtp://host:port
    created  timestamptz NOT NULL DEFAULT now(),
    version  integer     NOT NULL DEFAULT 0,
    CHECK (domain = lower(domain))
);

-- Messages --------------------------------------------------------------------------------------------------------------

-- Immutable octets, kept once however many mailboxes and queue entries hold them. The first 256 kB lie here, so that a small
-- message is one row; the rest in message_chunk, because PostgreSQL and its driver hold a whole bytea in memory.
CREATE TABLE message (
    id             bigint GENERATED ALWAYS AS IDENTITY (CACHE 32) PRIMARY KEY,
    received       timestamptz NOT NULL DEFAULT now(),
    size           bigint      NOT NULL,
    header_size    integer     NOT NULL,               -- with the empty line that ends it
    sent           timestamptz,                        -- the Date field
    sent_offset    integer,                            -- its zone, minutes east of UTC: SENTON disregards the zone
    message_id     text,                               -- the Message-ID field, without brackets
    subject        text,                               -- decoded, for people
    sender         text,                               -- the first From address
    item_type      text        NOT NULL DEFAULT 'mail',-- events and contacts will join
    envelope       bytea       NOT NULL,               -- IMAP ENVELOPE, as it is sent
    body_structure bytea       NOT NULL,               -- IMAP BODYSTRUCTURE, as it is sent
    parts          bytea       NOT NULL,               -- where each MIME part lies
    octets         bytea       NOT NULL
);
-- Already compressed attachments gain nothing, and pieces are read by offset.
ALTER TABLE message ALTER COLUMN octets SET STORAGE EXTERNAL;
CREATE INDEX message_message_id ON message (message_id);

CREATE TABLE message_chunk (
    message_id  bigint  NOT NULL REFERENCES message ON DELETE CASCADE,
    number      integer NOT NULL,                      -- from 1; number n begins at octet n * 262144
    octets      bytea   NOT NULL,
    PRIMARY KEY (message_id, number)
);
ALTER TABLE message_chunk ALTER COLUMN octets SET STORAGE EXTERNAL;

-- Messages that lost a reader: a job removes those that nobody holds any more.
CREATE TABLE message_release (
    message_id  bigint      NOT NULL,
    released    timestamptz NOT NULL DEFAULT now(),
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY
);

-- Mailboxes -------------------------------------------------------------------------------------------------------------

-- Lock order: this row is locked last in a transaction, several in order of id. It hands out UIDs and mod-sequences.
CREATE TABLE mailbox (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id    bigint  NOT NULL REFERENCES account,
    name          text    NOT NULL,                    -- UTF-8, levels separated by /
    special_use   text,
    uid_validity  bigint  NOT NULL,
    uid_next      bigint  NOT NULL DEFAULT 1,
    modseq        bigint  NOT NULL DEFAULT 1,
    first_recent  bigint  NOT NULL DEFAULT 1,          -- messages from this UID on were never selected
    messages      bigint  NOT NULL DEFAULT 0,          -- exact, like the two below: STATUS and quota count no rows
    unseen        bigint  NOT NULL DEFAULT 0,
    octets        bigint  NOT NULL DEFAULT 0,
    keywords      text[]  NOT NULL DEFAULT '{}',       -- by bit of mailbox_entry.flags, from bit 8 on
    UNIQUE (account_id, name)
) WITH (fillfactor = 50);

CREATE TABLE subscription (
    account_id  bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    name        text   NOT NULL,
    PRIMARY KEY (account_id, name)
);

CREATE TABLE mailbox_entry (
    mailbox_id     bigint      NOT NULL REFERENCES mailbox ON DELETE CASCADE,
    uid            bigint      NOT NULL,
    message_id     bigint      NOT NULL REFERENCES message,
    modseq         bigint      NOT NULL,
    flags          bigint      NOT NULL DEFAULT 0,
    internal_date  timestamptz NOT NULL,
    saved          timestamptz NOT NULL DEFAULT now(), -- RFC 8514
    size           bigint      NOT NULL,
    PRIMARY KEY (mailbox_id, uid)
);
CREATE INDEX mailbox_entry_modseq ON mailbox_entry (mailbox_id, modseq);
CREATE INDEX mailbox_entry_message ON mailbox_entry (message_id);

-- RFC 7162: which UIDs went at which mod-sequence.
CREATE TABLE expunged (
    mailbox_id  bigint NOT NULL REFERENCES mailbox ON DELETE CASCADE,
    modseq      bigint NOT NULL,
    uid         bigint NOT NULL,
    PRIMARY KEY (mailbox_id, modseq, uid)
);

CREATE SEQUENCE uid_validity AS bigint MINVALUE 1 MAXVALUE 4294967295;

-- A POP3 session holds its account's maildrop until it ends or its lease runs out.
CREATE TABLE maildrop_lock (
    account_id  bigint      PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    session     text        NOT NULL,
    node        text        NOT NULL,
    expires     timestamptz NOT NULL
);

-- Queue -----------------------------------------------------------------------------------------------------------------

CREATE TABLE queued_message (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue_id      text        NOT NULL,                -- as the 250 said it
    message_id    bigint      NOT NULL REFERENCES message,
    reverse_path  text        NOT NULL,                -- empty: a bounce
    parameters    jsonb       NOT NULL DEFAULT '{}',   -- of MAIL: RET, ENVID, BODY …
    created       timestamptz NOT NULL DEFAULT now(),
    expires       timestamptz NOT NULL,
    priority      integer     NOT NULL DEFAULT 0       -- RFC 6710
);
CREATE INDEX queued_message_message ON queued_message (message_id);
CREATE INDEX queued_message_queue_id ON queued_message (queue_id);

CREATE TABLE queued_recipient (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queued_id     bigint      NOT NULL REFERENCES queued_message ON DELETE CASCADE,
    address       text        NOT NULL,
    domain        text        NOT NULL,                -- lower case, A-labels
    parameters    jsonb       NOT NULL DEFAULT '{}',   -- of RCPT: NOTIFY, ORCPT
    state         text        NOT NULL,                -- waiting, sending, held, poison
    attempts      integer     NOT NULL DEFAULT 0,
    next_attempt  timestamptz NOT NULL,
    last_attempt  timestamptz,
    last_code     integer     NOT NULL DEFAULT 0,
    last_status   text        NOT NULL DEFAULT '',
    last_text     text        NOT NULL DEFAULT '',
    last_host     text        NOT NULL DEFAULT '',
    lease_node    text,                                -- who is sending it, until when
    lease_until   timestamptz,
    CHECK (state IN ('waiting', 'sending', 'held', 'poison'))
);
CREATE INDEX queued_recipient_queued ON queued_recipient (queued_id);
CREATE INDEX queued_recipient_due ON queued_recipient (domain, next_attempt) WHERE state = 'waiting';
CREATE INDEX queued_recipient_leased ON queued_recipient (lease_until) WHERE state = 'sending';

-- Trace -----------------------------------------------------------------------------------------------------------------

-- What happened to a message, one row a step; partitions are days, made ahead and dropped whole.
CREATE TABLE trace (
    id          bigint GENERATED ALWAYS AS IDENTITY (CACHE 32),
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    queue_id    text,                                  -- null: refused before there was one
    session     text        NOT NULL DEFAULT '',
    step        text        NOT NULL,                  -- received, refused, delivered, queued, relayed, deferred, failed, bounced …
    sender      text        NOT NULL DEFAULT '',
    recipient   text        NOT NULL DEFAULT '',
    client      text        NOT NULL DEFAULT '',       -- who spoke to us, or to whom we spoke
    rule        text        NOT NULL DEFAULT '',       -- which policy decided
    reply       text        NOT NULL DEFAULT '',       -- what was answered
    detail      text        NOT NULL DEFAULT '',       -- subject, Message-ID, mailbox …
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE INDEX trace_queue_id ON trace (queue_id);
CREATE INDEX trace_recipient ON trace (recipient, at);
CREATE INDEX trace_sender ON trace (sender, at);
CREATE TABLE trace_other PARTITION OF trace DEFAULT;   -- safety net, should the job that makes partitions have stood still

-- Administration --------------------------------------------------------------------------------------------------------

CREATE TABLE audit (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT now(),
    actor   text        NOT NULL,
    action  text        NOT NULL,
    object  text        NOT NULL,
    detail  text        NOT NULL DEFAULT ''
);
