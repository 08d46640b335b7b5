INSERT INTO api_token (account_id, name, digest, role, read_only, expires) VALUES (1, 'backup', '\x01', 'auditor', true, now() + interval '1 day');
