-- By which queue id a message came, so that the trace can tell what became of it in its mailboxes; null: a client put it there.
ALTER TABLE message ADD COLUMN queue_id text;

-- What people do with their mail is no trouble.
DROP INDEX trace_trouble;
CREATE INDEX trace_trouble ON trace (step, at)
    WHERE step NOT IN ('received', 'checked', 'queued', 'delivered', 'relayed', 'moved', 'copied', 'deleted');
