-- The queue: priority, end and notice of each recipient, holds, what operators decided; rules and pauses of destinations.

ALTER TABLE queued_recipient
    ADD COLUMN priority  smallint    NOT NULL DEFAULT 0,     -- RFC 6710: -9 to 9
    ADD COLUMN expires   timestamptz,                        -- after which the sender is told that it failed
    ADD COLUMN notice    timestamptz,                        -- when he is told that it is late; null: unwanted, or told
    ADD COLUMN route     text        NOT NULL DEFAULT '',    -- hosts that an operator chose for it
    ADD COLUMN released  boolean     NOT NULL DEFAULT false, -- may leave though its route holds mail back
    ADD COLUMN given_up  text        NOT NULL DEFAULT '',    -- who had it returned to its sender
    ADD COLUMN held_by   text        NOT NULL DEFAULT '',    -- empty in state 'held': its route holds it
    ADD COLUMN held_at   timestamptz;
UPDATE queued_recipient r SET priority = q.priority, expires = q.expires, notice = q.created + interval '4 hours'
    FROM queued_message q WHERE q.id = r.queued_id;
ALTER TABLE queued_recipient ALTER COLUMN expires SET NOT NULL;
ALTER TABLE queued_message DROP COLUMN priority, DROP COLUMN expires;

-- In the order of claims.
CREATE INDEX queued_recipient_turn ON queued_recipient (domain, priority DESC, next_attempt, id) WHERE state = 'waiting';

-- How mail for a domain is sent, where it is not as the settings say; null: as they say.
CREATE TABLE delivery_rule (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain       text NOT NULL UNIQUE,                  -- example.org, or *.example.org, or *
    first_retry  bigint,                                -- seconds
    longest_retry bigint,                               -- seconds
    expire       bigint,                                -- seconds
    notice       bigint,                                -- seconds; 0: never
    concurrency  integer,                               -- connections of a node
    per_minute   integer,                               -- messages of all nodes
    tls          text,
    CHECK (domain = lower(domain)),
    CHECK (tls IN ('none', 'may', 'require', 'verify'))
);

-- What all nodes must know of a domain to which we send.
CREATE TABLE destination (
    domain       text PRIMARY KEY,
    paused_by    text        NOT NULL DEFAULT '',       -- empty: it is not paused
    paused_at    timestamptz,
    rate_free    timestamptz NOT NULL DEFAULT '-infinity' -- until then its messages per minute are used up
);

-- Routes: for sub-domains and senders, with several hosts, a login, a demand for TLS, and a hold.
ALTER TABLE route
    ADD COLUMN sender   text NOT NULL DEFAULT '',       -- an address or a domain; empty: anybody
    ADD COLUMN tls      text NOT NULL DEFAULT 'may',
    ADD COLUMN login    text NOT NULL DEFAULT '',
    ADD COLUMN password text NOT NULL DEFAULT '',
    ADD COLUMN hold     text NOT NULL DEFAULT '',       -- until somebody asks: etrn; or until times of the day: 06:00 18:30
    ADD COLUMN flushed  timestamptz NOT NULL DEFAULT now(), -- when its hold last let go
    ADD CHECK (sender = lower(sender)),
    ADD CHECK (tls IN ('none', 'may', 'require', 'verify')),
    DROP CONSTRAINT route_domain_key,
    ADD UNIQUE (domain, sender);
COMMENT ON COLUMN route.target IS 'smtp://host:port, several in their order; empty: the MX';
