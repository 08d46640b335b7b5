-- Views of large mailboxes as they once were, so that a node that opens one reads only what changed since. Everything here can
-- be deleted at any time; a migration that changes mailbox_entry must.
CREATE TABLE view_snapshot (
    mailbox_id  bigint PRIMARY KEY REFERENCES mailbox ON DELETE CASCADE,
    modseq      bigint NOT NULL,
    octets      bytea  NOT NULL
);
ALTER TABLE view_snapshot ALTER COLUMN octets SET STORAGE EXTERNAL;
