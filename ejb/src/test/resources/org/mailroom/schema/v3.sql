INSERT INTO dkim_key (domain_id, selector, algorithm, private_key, public_key, state)
    VALUES (1, 's20260101', 'ed25519-sha256', '\x3000', '\x00', 'active');
INSERT INTO authenticity_policy (domain_id, spf, dmarc) VALUES (1, 'report', NULL);
INSERT INTO sender_secret (secret) VALUES ('\x0102');
INSERT INTO dmarc_count VALUES ('2026-01-01', 'there.example', 'there.example v=DMARC1; p=none', '192.0.2.1', 'none', '', 'there.example=pass', 3);
