-- Roles that an issuer of tokens (OpenID Connect) vouched for when somebody logged in to the console; they hold for a while.
CREATE TABLE issuer_role (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
    role        text        NOT NULL,
    domain_id   bigint      REFERENCES domain ON DELETE CASCADE, -- null: everywhere
    until       timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (account_id, role, domain_id)
);
