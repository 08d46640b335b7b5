INSERT INTO view_snapshot (mailbox_id, modseq, octets) VALUES (1, 1, '');
