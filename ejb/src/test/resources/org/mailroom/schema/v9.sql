INSERT INTO mailbox_right (mailbox_id, account_id, rights) VALUES (1, 2, 'lrs');
INSERT INTO annotation (account_id, mailbox_id, entry, value) VALUES (1, 1, '/private/comment', 'mine');
