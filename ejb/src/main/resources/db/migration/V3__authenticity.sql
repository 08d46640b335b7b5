-- Whether mail comes from whom it says: keys to sign with, how strict each domain is, and what was counted.

-- Keys of a domain (RFC 6376 §3.1). A retired one signs no more, and stays published until mail that it signed has arrived.
CREATE TABLE dkim_key (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain_id    bigint      NOT NULL REFERENCES domain ON DELETE CASCADE,
    selector     text        NOT NULL,
    algorithm    text        NOT NULL CHECK (algorithm IN ('rsa-sha256', 'ed25519-sha256')),
    private_key  bytea       NOT NULL,                 -- PKCS #8
    public_key   bytea       NOT NULL,                 -- as p= has it
    state        text        NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'active', 'retired')),
    created      timestamptz NOT NULL DEFAULT now(),
    changed      timestamptz NOT NULL DEFAULT now(),   -- when the state was reached
    UNIQUE (domain_id, selector)
);

-- What is done with mail to a domain of ours that fails; null: as the settings say.
CREATE TABLE authenticity_policy (
    domain_id  bigint PRIMARY KEY REFERENCES domain ON DELETE CASCADE,
    spf        text CHECK (spf IN ('off', 'report', 'junk', 'refuse')),
    dmarc      text CHECK (dmarc IN ('off', 'report', 'junk', 'refuse'))
);

-- Signs addresses under which mail is forwarded.
CREATE TABLE sender_secret (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    secret   bytea       NOT NULL,
    created  timestamptz NOT NULL DEFAULT now()
);

-- What a report to the owner of a domain would tell (RFC 9990): messages of a day from one address with one outcome.
CREATE TABLE dmarc_count (
    day          date    NOT NULL,
    domain       text    NOT NULL,                     -- of From
    policy       text    NOT NULL,                     -- domain that published it, and the record
    source       text    NOT NULL,                     -- IP address
    disposition  text    NOT NULL,
    dkim         text    NOT NULL,                     -- results with their domains
    spf          text    NOT NULL,
    messages     bigint  NOT NULL,
    PRIMARY KEY (day, domain, policy, source, disposition, dkim, spf)
);
