INSERT INTO pop_policy (domain_id, expire, expire_days) VALUES (1, 'after_fetch', 14);
INSERT INTO pop_policy (account_id, expire, show, mark_seen) VALUES (1, 'never', 'unseen', true);
INSERT INTO pop_fetched (mailbox_id, uid) VALUES (1, 3);
INSERT INTO pop_login (account_id, at) VALUES (1, '2026-01-01 11:00:00+00');
