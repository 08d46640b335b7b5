-- Accounts end: some at a time that was set before, and those that were removed after a time of grace.
ALTER TABLE account
    ADD COLUMN expires  timestamptz,                    -- when it is disabled; null: never
    ADD COLUMN removal  timestamptz;                    -- removed; its mail goes then; null: it stays
CREATE INDEX account_ends ON account (least(expires, removal)) WHERE expires IS NOT NULL OR removal IS NOT NULL;
