-- Addresses that lead elsewhere: other names of a domain, domains that we only pass on, aliases with several targets,
-- forwards, groups, and what becomes of mail for nobody. Targets and members are addresses, of ours or of others.

ALTER TABLE domain ADD COLUMN kind text NOT NULL DEFAULT 'local' CHECK (kind IN ('local', 'relay'));

-- Another name of a domain: whoever is there is also here.
CREATE TABLE alias_domain (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL UNIQUE,            -- lower case, A-labels
    domain_id  bigint      NOT NULL REFERENCES domain ON DELETE CASCADE,
    created    timestamptz NOT NULL DEFAULT now(),
    version    integer     NOT NULL DEFAULT 0,
    CHECK (name = lower(name))
);
CREATE INDEX alias_domain_domain ON alias_domain (domain_id);

-- Where mail goes for whom a domain does not know.
CREATE TABLE catch_all (
    domain_id  bigint  PRIMARY KEY REFERENCES domain ON DELETE CASCADE,
    target     text    NOT NULL,
    version    integer NOT NULL DEFAULT 0
);

-- An alias is another address of one account, or leads to the addresses in alias_target.
ALTER TABLE alias ALTER COLUMN account_id DROP NOT NULL;

CREATE TABLE alias_target (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alias_id  bigint NOT NULL REFERENCES alias ON DELETE CASCADE,
    address   text   NOT NULL,
    UNIQUE (alias_id, address)
);

-- An account whose mail goes on to other addresses.
CREATE TABLE forward (
    account_id  bigint      PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    keeps_copy  boolean     NOT NULL DEFAULT true,
    created     timestamptz NOT NULL DEFAULT now(),
    version     integer     NOT NULL DEFAULT 0
);

CREATE TABLE forward_target (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  bigint NOT NULL REFERENCES forward ON DELETE CASCADE,
    address     text   NOT NULL,
    UNIQUE (account_id, address)
);

-- A distribution list. "group" is a word of SQL.
CREATE TABLE mail_group (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain_id     bigint      NOT NULL REFERENCES domain,
    local_part    text        NOT NULL,
    display_name  text        NOT NULL DEFAULT '',
    who_may_send  text        NOT NULL DEFAULT 'anybody',
    owner         text,                                -- who hears of members that cannot be reached; null: postmaster
    created       timestamptz NOT NULL DEFAULT now(),
    version       integer     NOT NULL DEFAULT 0,
    UNIQUE (domain_id, local_part),
    CHECK (local_part = lower(local_part)),
    CHECK (who_may_send IN ('anybody', 'members', 'accounts'))
);

CREATE TABLE group_member (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id  bigint NOT NULL REFERENCES mail_group ON DELETE CASCADE,
    address   text   NOT NULL,
    UNIQUE (group_id, address)
);
