-- Directories of others (LDAP) in which accounts of our domains live: where they are, how their entries are read, and what is
-- remembered of whom was seen there.

CREATE TABLE directory_source (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name           text        NOT NULL UNIQUE,
    servers        text        NOT NULL,               -- ldap:// and ldaps:// URLs in their order, separated by blanks
    start_tls      boolean     NOT NULL DEFAULT true,  -- on ldap://
    trust          text        NOT NULL DEFAULT '',    -- certificates in PEM; empty: whom the JDK trusts
    bind_dn        text        NOT NULL DEFAULT '',    -- empty: searches are anonymous
    bind_password  text        NOT NULL DEFAULT '',    -- sealed
    base_dn        text        NOT NULL,
    mapping        text        NOT NULL,               -- lines "what = attribute"
    adopts         boolean     NOT NULL DEFAULT false, -- whether local accounts of the same address become the directory's
    sync_minutes   integer     NOT NULL DEFAULT 60 CHECK (sync_minutes >= 0), -- 0: by hand only
    removal_limit  integer     NOT NULL DEFAULT 10 CHECK (removal_limit BETWEEN 0 AND 100), -- percent
    enabled        boolean     NOT NULL DEFAULT true,
    created        timestamptz NOT NULL DEFAULT now(),
    version        integer     NOT NULL DEFAULT 0
);

-- Whose accounts live there.
CREATE TABLE directory_source_domain (
    domain_id  bigint PRIMARY KEY REFERENCES domain ON DELETE CASCADE,
    source_id  bigint NOT NULL REFERENCES directory_source ON DELETE CASCADE
);

-- Accounts that live there, and what was found there last. Who is not found any more is gone: his account is disabled.
CREATE TABLE account_source (
    account_id  bigint      PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    source_id   bigint      NOT NULL REFERENCES directory_source ON DELETE CASCADE,
    entry       text        NOT NULL,                  -- what stays the same when an entry is renamed
    dn          text        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('active', 'disabled', 'gone')),
    facts       text        NOT NULL DEFAULT '',       -- what was said of him, to compare
    seen        timestamptz NOT NULL,
    UNIQUE (source_id, entry)
);

-- What came from there and goes when it is gone there; null: made here.
ALTER TABLE alias ADD COLUMN source_id bigint REFERENCES directory_source ON DELETE SET NULL;
ALTER TABLE account_role ADD COLUMN source_id bigint REFERENCES directory_source ON DELETE CASCADE;
ALTER TABLE mail_group ADD COLUMN source_id bigint REFERENCES directory_source ON DELETE SET NULL;

-- What became of comparing all of a directory with our accounts.
CREATE TABLE directory_sync (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_id  bigint      NOT NULL REFERENCES directory_source ON DELETE CASCADE,
    began      timestamptz NOT NULL,
    ended      timestamptz NOT NULL,
    dry_run    boolean     NOT NULL,
    outcome    text        NOT NULL,                   -- done, stopped (by the limit on removals), failed
    appeared   integer     NOT NULL DEFAULT 0,
    changed    integer     NOT NULL DEFAULT 0,
    removed    integer     NOT NULL DEFAULT 0,
    report     text        NOT NULL DEFAULT ''
);
CREATE INDEX directory_sync_source ON directory_sync (source_id, id);
