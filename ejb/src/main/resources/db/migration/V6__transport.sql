-- MTA-STS policies of other domains (RFC 8461), and how connections to them went (RFC 8460).

CREATE TABLE sts_policy (
    domain text PRIMARY KEY,
    policy_id text NOT NULL,
    policy text NOT NULL,
    fetched timestamptz NOT NULL,
    expires timestamptz NOT NULL
);

CREATE TABLE tls_result (
    day date NOT NULL,
    domain text NOT NULL,
    kind text NOT NULL,
    policy text NOT NULL,
    host text NOT NULL,
    trouble text NOT NULL,
    sessions bigint NOT NULL,
    PRIMARY KEY (day, domain, kind, host, trouble)
);

-- A domain may be sent to with DANE only.
ALTER TABLE delivery_rule
    DROP CONSTRAINT delivery_rule_tls_check,
    ADD CONSTRAINT delivery_rule_tls_check CHECK (tls IN ('none', 'may', 'require', 'verify', 'dane'));
ALTER TABLE route
    DROP CONSTRAINT route_tls_check,
    ADD CONSTRAINT route_tls_check CHECK (tls IN ('none', 'may', 'require', 'verify', 'dane'));
