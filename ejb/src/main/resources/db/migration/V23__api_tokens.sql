-- Tokens with which programs ask the REST API in the name of an account: made here, shown once, kept as a digest.
CREATE TABLE api_token (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id   bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
    name         text        NOT NULL,                  -- of the program
    digest       bytea       NOT NULL UNIQUE,           -- SHA-256
    role         text        NOT NULL,                  -- as which it asks; what the account may do is the limit
    domain_id    bigint      REFERENCES domain ON DELETE CASCADE,   -- null: wherever the account may
    read_only    boolean     NOT NULL,
    created      timestamptz NOT NULL DEFAULT now(),
    expires      timestamptz NOT NULL,
    last_used    timestamptz,                           -- to the minute
    last_client  text        NOT NULL DEFAULT '',       -- IP address
    UNIQUE (account_id, name)
);
CREATE INDEX api_token_domain ON api_token (domain_id) WHERE domain_id IS NOT NULL;
