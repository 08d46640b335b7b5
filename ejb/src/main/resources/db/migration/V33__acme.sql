-- Certificates that are ordered from an authority (ACME, RFC 8555): one set-up for all nodes, and what came of it.
CREATE TABLE acme (
    id            smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    directory     text        NOT NULL,                -- URL at which the authority says what it offers
    terms         text        NOT NULL,                -- what was agreed to: a URL; empty: the authority has none
    contact       text        NOT NULL,                -- mail address; may be empty
    names         text        NOT NULL,                -- that the certificate is for, with blanks between them
    account_key   text        NOT NULL,                -- sealed
    leased_until  timestamptz,                         -- a node is ordering
    ordered       timestamptz,                         -- when an order began last
    trouble       text        NOT NULL DEFAULT '',     -- why it failed
    next_order    timestamptz,                         -- null: when somebody says so
    chain         text,                                -- what was given last, in PEM, the server's own first
    private_key   text,                                -- sealed
    given         timestamptz,
    until         timestamptz
);

-- How the last order went.
CREATE TABLE acme_step (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at    timestamptz NOT NULL DEFAULT now(),
    step  text        NOT NULL,
    good  boolean     NOT NULL,
    said  text        NOT NULL
);

-- What the authority finds when it asks one of our names (RFC 8555 §8.3), on whichever node.
CREATE TABLE acme_answer (
    token   text PRIMARY KEY,
    answer  text        NOT NULL,
    made    timestamptz NOT NULL DEFAULT now()
);
