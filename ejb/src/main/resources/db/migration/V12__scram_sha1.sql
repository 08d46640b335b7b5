-- Keys of SCRAM-SHA-1, only where that is offered; they hold for the verifier beside them and for no later one.
CREATE TABLE scram_sha1 (
    account_id  bigint   PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    verifier    text     NOT NULL,
    salt        bytea    NOT NULL,
    iterations  integer  NOT NULL,
    stored_key  bytea    NOT NULL,
    server_key  bytea    NOT NULL
);
