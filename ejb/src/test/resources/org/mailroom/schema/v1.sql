-- A small mail system as the first release left it: something in every table.
INSERT INTO domain (name) VALUES ('first.example'), ('xn--bcher-kva.example');

-- The password is "password".
INSERT INTO account (domain_id, local_part, display_name, verifier, scram_salt, scram_iterations, scram_stored_key, scram_server_key,
                     quota_octets)
VALUES (1, 'ada', 'Ada', '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
        '\x00010203', 4096, '\x04', '\x05', 1000000);
INSERT INTO account (domain_id, local_part, enabled) VALUES (2, 'ben', false);
INSERT INTO account_role (account_id, role) VALUES (1, 'administrator');
INSERT INTO alias (domain_id, local_part, account_id) VALUES (1, 'postmaster', 1), (2, 'postmaster', 1);
INSERT INTO route (domain, target) VALUES ('elsewhere.example', 'smtp://192.0.2.1:25');

INSERT INTO message (size, header_size, sent, sent_offset, message_id, subject, sender, envelope, body_structure, parts, octets)
VALUES (262150, 4, '2026-01-01 12:00:00+01', 60, 'one@first.example', 'Grüße', 'ada@first.example', '\x28', '\x29', '\x00',
        convert_to(repeat('a', 262144), 'UTF8')),
       (4, 4, NULL, NULL, NULL, NULL, NULL, '\x28', '\x29', '\x00', '\x0d0a0d0a');
INSERT INTO message_chunk (message_id, number, octets) VALUES (1, 1, convert_to('tail' || chr(13) || chr(10), 'UTF8'));
INSERT INTO message_release (message_id) VALUES (2);

INSERT INTO mailbox (account_id, name, special_use, uid_validity, uid_next, modseq, messages, unseen, octets, keywords)
VALUES (1, 'INBOX', NULL, nextval('uid_validity'), 8, 12, 2, 1, 262154, '{$Forwarded}'),
       (1, 'Sent/Übung', '\Sent', nextval('uid_validity'), 1, 1, 0, 0, 0, '{}');
INSERT INTO subscription (account_id, name) VALUES (1, 'INBOX');
INSERT INTO mailbox_entry (mailbox_id, uid, message_id, modseq, flags, internal_date, size)
VALUES (1, 3, 1, 5, 257, '2026-01-01 11:00:00+00', 262150), (1, 7, 2, 12, 0, '2026-01-02 11:00:00+00', 4);
INSERT INTO expunged (mailbox_id, modseq, uid) VALUES (1, 9, 4);
INSERT INTO maildrop_lock (account_id, session, node, expires) VALUES (1, 's1', 'n1', '2026-01-01 11:00:00+00');

INSERT INTO queued_message (queue_id, message_id, reverse_path, parameters, expires)
VALUES ('K7X2', 1, 'ada@first.example', '{"RET": "HDRS"}', '2026-01-06 11:00:00+00');
INSERT INTO queued_recipient (queued_id, address, domain, state, attempts, next_attempt, last_attempt, last_code, last_status, last_text,
                              last_host)
VALUES (1, 'x@elsewhere.example', 'elsewhere.example', 'waiting', 2, '2026-01-01 13:00:00+00', '2026-01-01 12:00:00+00', 451, '4.3.0',
        'later', '192.0.2.1');

INSERT INTO trace (at, queue_id, step, sender, recipient) VALUES ('2026-01-01 11:00:00+00', 'K7X2', 'queued', 'ada@first.example',
                                                                 'x@elsewhere.example');
INSERT INTO audit (actor, action, object) VALUES ('ada@first.example', 'domain.add', 'first.example');
