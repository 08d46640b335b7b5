-- What the made-up salts of SCRAM are made with: the same on every node and for ever, so that asking twice tells nothing.
CREATE TABLE login_secret (
    id      boolean PRIMARY KEY DEFAULT true CHECK (id),
    secret  bytea   NOT NULL
);
