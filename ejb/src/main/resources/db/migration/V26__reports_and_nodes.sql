-- How connections went is kept after it was reported, to be looked at.
ALTER TABLE tls_result ADD COLUMN reported boolean NOT NULL DEFAULT false;

-- The servers on this database, as each says of itself.
CREATE TABLE node (
    name     text        PRIMARY KEY,
    started  timestamptz NOT NULL,
    seen     timestamptz NOT NULL,                       -- when it last said that it lives
    sessions integer     NOT NULL,
    sending  integer     NOT NULL,
    draining boolean     NOT NULL DEFAULT false          -- an administrator wants it to take and send nothing new
);
