-- Mailboxes that others see: groups and negative rights beside accounts (RFC 4314 §2), what each has seen, and mailboxes that
-- belong to nobody in particular.

ALTER TABLE mailbox ADD COLUMN acl_version bigint NOT NULL DEFAULT 0; -- rises with each change of its rights; 0: nobody ever had any
UPDATE mailbox SET acl_version = 1 WHERE id IN (SELECT mailbox_id FROM mailbox_right);

ALTER TABLE mailbox_right
    ADD COLUMN group_id bigint REFERENCES mail_group ON DELETE CASCADE, -- neither account nor group: anyone
    ADD COLUMN negative boolean NOT NULL DEFAULT false,                 -- taken away, whoever gives it
    DROP CONSTRAINT mailbox_right_mailbox_id_account_id_key,
    ADD CHECK (account_id IS NULL OR group_id IS NULL),
    ADD UNIQUE NULLS NOT DISTINCT (mailbox_id, account_id, group_id, negative);
CREATE INDEX mailbox_right_group ON mailbox_right (group_id);
CREATE INDEX group_member_address ON group_member (lower(address));

-- What somebody else than the owner has seen; UIDs that are gone may stay in it.
CREATE TABLE mailbox_seen (
    mailbox_id  bigint         NOT NULL REFERENCES mailbox ON DELETE CASCADE,
    account_id  bigint         NOT NULL REFERENCES account ON DELETE CASCADE,
    uids        int8multirange NOT NULL,
    PRIMARY KEY (mailbox_id, account_id)
);
CREATE INDEX mailbox_seen_account ON mailbox_seen (account_id);

-- A shared mailbox is an account in which nobody logs in: it has an address, mailboxes and a quota as others have.
ALTER TABLE account ADD COLUMN kind text NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'shared'));

-- Who may send under an account's address, beside its owner.
CREATE TABLE send_right (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id    bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    account_id  bigint REFERENCES account ON DELETE CASCADE,
    group_id    bigint REFERENCES mail_group ON DELETE CASCADE,
    way         text   NOT NULL CHECK (way IN ('as', 'on-behalf')),     -- on-behalf: with a Sender field of his own
    CHECK ((account_id IS NULL) <> (group_id IS NULL)),
    UNIQUE NULLS NOT DISTINCT (owner_id, account_id, group_id)
);
CREATE INDEX send_right_account ON send_right (account_id);
CREATE INDEX send_right_group ON send_right (group_id);
