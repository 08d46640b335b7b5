INSERT INTO mailbox_seen (mailbox_id, account_id, uids) VALUES (1, 2, '{[3,4)}');
INSERT INTO send_right (owner_id, account_id, way) VALUES (1, 2, 'on-behalf');
