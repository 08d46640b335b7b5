-- Which messages may contain three letters side by side. Everything here can be deleted at any time and is built again.
CREATE TABLE search_segment (
    mailbox_id  bigint   NOT NULL REFERENCES mailbox ON DELETE CASCADE,
    last_uid    bigint   NOT NULL,
    first_uid   bigint   NOT NULL,
    uids        bigint[] NOT NULL,                     -- by place
    width       integer  NOT NULL,                     -- octets of a slice: one bit a place, the lowest first
    slices      bytea    NOT NULL,                     -- one for each bit of a signature
    PRIMARY KEY (mailbox_id, last_uid)
);
-- Slices are read by offset.
ALTER TABLE search_segment ALTER COLUMN slices SET STORAGE EXTERNAL;
