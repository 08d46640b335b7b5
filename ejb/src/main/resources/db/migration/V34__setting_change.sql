-- What each node found changed in its settings when it started.
CREATE TABLE setting_change (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL DEFAULT now(),     -- when the node started with it
    node         text        NOT NULL,
    key          text        NOT NULL,
    before_value text        NOT NULL,                   -- empty: the default; of a secret, dots
    after_value  text        NOT NULL,
    verifier     text,                                   -- of a secret, by which it is known again
    source       text        NOT NULL,                   -- file, environment, system; default: not set any more
    file_owner   text        NOT NULL DEFAULT '',        -- of a value from the file: to whom the file belongs
    file_written timestamptz                             -- and when it was last written
);
CREATE INDEX setting_change_key ON setting_change (node, key, id);
