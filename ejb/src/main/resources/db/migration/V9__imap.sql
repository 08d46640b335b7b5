-- What SORT and THREAD compare (RFC 5256, RFC 5957), THREADID (RFC 8474) and PREVIEW (RFC 8970). Texts are folded as
-- i;unicode-casemap does (RFC 5051). Of messages that came before, a job fills it in.
ALTER TABLE message
    ADD COLUMN thread            bigint,               -- of the conversation; null: not filled in yet
    ADD COLUMN thread_references text[],               -- Message-IDs of those before it, the oldest first
    ADD COLUMN base_subject      text,
    ADD COLUMN is_reply          boolean,
    ADD COLUMN sort_from         text,
    ADD COLUMN sort_to           text,
    ADD COLUMN sort_cc           text,
    ADD COLUMN display_from      text,
    ADD COLUMN display_to        text,
    ADD COLUMN preview           text;
CREATE INDEX message_without_thread ON message (id) WHERE thread IS NULL;

-- The log of expunged UIDs is whole above this mod-sequence; what is older was removed (RFC 7162 §3.2.5.2).
ALTER TABLE mailbox ADD COLUMN expunged_known bigint NOT NULL DEFAULT 0;

-- RFC 4314: what others may do with a mailbox. Its owner may do everything and has no row.
CREATE TABLE mailbox_right (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mailbox_id  bigint NOT NULL REFERENCES mailbox ON DELETE CASCADE,
    account_id  bigint REFERENCES account ON DELETE CASCADE,  -- null: anyone
    rights      text   NOT NULL,
    UNIQUE NULLS NOT DISTINCT (mailbox_id, account_id)
);
CREATE INDEX mailbox_right_account ON mailbox_right (account_id);

-- RFC 5464: annotations. Private ones belong to the account that made them, shared ones to the mailbox's owner.
CREATE TABLE annotation (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    mailbox_id  bigint REFERENCES mailbox ON DELETE CASCADE,  -- null: of the server, as this account sees it
    entry       text   NOT NULL,                       -- lower case: /private/comment
    value       bytea  NOT NULL,
    UNIQUE NULLS NOT DISTINCT (account_id, mailbox_id, entry)
);
CREATE INDEX annotation_mailbox ON annotation (mailbox_id);
