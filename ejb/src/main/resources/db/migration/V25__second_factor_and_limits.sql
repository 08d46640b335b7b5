-- The second factor of a login at the console (RFC 6238).
CREATE TABLE second_factor (
    account_id  bigint PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    secret      text        NOT NULL,                   -- sealed
    confirmed   timestamptz,                            -- null: offered, and not asked for yet
    last_step   bigint      NOT NULL DEFAULT 0          -- the half minute whose code came last: none serves twice
);
-- One for each time that the device is not at hand. 79 bits cannot be guessed, so a quick hash serves.
CREATE TABLE recovery_code (
    account_id  bigint NOT NULL REFERENCES second_factor ON DELETE CASCADE,
    digest      text   NOT NULL,                        -- SHA-256, hexadecimal
    PRIMARY KEY (account_id, digest)
);

-- Where mail for addresses goes that nobody has, by the form of their local part.
CREATE TABLE address_rewrite (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain_id  bigint  NOT NULL REFERENCES domain ON DELETE CASCADE,
    rank       integer NOT NULL,                        -- lower ones first, then older ones
    pattern    text    NOT NULL,
    regular    boolean NOT NULL,                        -- a regular expression; else * and ?
    target     text    NOT NULL,                        -- $1 to $9 stand for what the pattern caught
    UNIQUE (domain_id, pattern)
);

-- Domains of one customer, for what they may use together.
CREATE TABLE tenant (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name  text NOT NULL UNIQUE
);
ALTER TABLE domain ADD COLUMN tenant_id bigint REFERENCES tenant;
CREATE INDEX domain_tenant ON domain (tenant_id) WHERE tenant_id IS NOT NULL;

-- What one account, the accounts of a domain together, or those of a tenant together may use. What an account may store
-- stands with the account.
CREATE TABLE usage_limit (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id      bigint UNIQUE REFERENCES account ON DELETE CASCADE,
    domain_id       bigint UNIQUE REFERENCES domain ON DELETE CASCADE,
    tenant_id       bigint UNIQUE REFERENCES tenant ON DELETE CASCADE,
    octets          bigint  CHECK (octets > 0),         -- stored; null: no limit, as everywhere here
    messages        bigint  CHECK (messages > 0),
    message_octets  bigint  CHECK (message_octets > 0), -- of one message, sent or received
    recipients      integer CHECK (recipients > 0),     -- an hour, of mail that is sent
    CHECK (num_nonnulls(account_id, domain_id, tenant_id) = 1)
);
-- What was said of a store that fills, so that it is said once.
CREATE TABLE usage_warning (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  bigint UNIQUE REFERENCES account ON DELETE CASCADE,
    domain_id   bigint UNIQUE REFERENCES domain ON DELETE CASCADE,
    tenant_id   bigint UNIQUE REFERENCES tenant ON DELETE CASCADE,
    percent     integer NOT NULL,                       -- the mark that was passed: 80 or 95
    CHECK (num_nonnulls(account_id, domain_id, tenant_id) = 1)
);

-- Who lets through what a group does not take from just anybody.
CREATE TABLE group_moderator (
    group_id  bigint NOT NULL REFERENCES mail_group ON DELETE CASCADE,
    address   text   NOT NULL,
    PRIMARY KEY (group_id, address)
);
-- A message that waits for moderators lies where others lie that wait for an administrator.
ALTER TABLE quarantined_message ADD COLUMN moderated text NOT NULL DEFAULT '';  -- the group's address
CREATE INDEX quarantined_message_moderated ON quarantined_message (moderated) WHERE moderated <> '';

-- In which language the server writes to somebody; empty: in its own.
ALTER TABLE account ADD COLUMN language text NOT NULL DEFAULT '' CHECK (language IN ('', 'en', 'de'));
