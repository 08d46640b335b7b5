-- POP3: what is left on the server for how long, and what was fetched.

-- Of a domain or of an account; a null goes by the next wider one: account, domain, configuration.
CREATE TABLE pop_policy (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain_id    bigint UNIQUE REFERENCES domain ON DELETE CASCADE,
    account_id   bigint UNIQUE REFERENCES account ON DELETE CASCADE,
    expire       text,                                 -- never, on_fetch, after_fetch, after_arrival
    expire_days  integer,
    show         text,                                 -- all, unseen
    mark_seen    boolean,
    version      integer NOT NULL DEFAULT 0,
    CHECK ((domain_id IS NULL) <> (account_id IS NULL)),
    CHECK (expire IN ('never', 'on_fetch', 'after_fetch', 'after_arrival')),
    CHECK ((expire_days > 0) = (expire IN ('after_fetch', 'after_arrival'))),
    CHECK (show IN ('all', 'unseen'))
);

-- When POP3 first gave a message away. UIDs are never used again, so a row of a message that is gone harms nobody; a job
-- removes it, and EXPUNGE need not look here.
CREATE TABLE pop_fetched (
    mailbox_id  bigint      NOT NULL REFERENCES mailbox ON DELETE CASCADE,
    uid         bigint      NOT NULL,
    fetched     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mailbox_id, uid)
);

-- When an account last opened its maildrop; only where there is a delay between logins.
CREATE TABLE pop_login (
    account_id  bigint      PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    at          timestamptz NOT NULL
);
