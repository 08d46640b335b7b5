-- How often in a row whoever was sending a recipient died over it, or forgot it.
ALTER TABLE queued_recipient ADD COLUMN interruptions integer NOT NULL DEFAULT 0;
