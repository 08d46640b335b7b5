INSERT INTO application_password (account_id, name, digest, services) VALUES (1, 'phone', '\x00', 'imap smtp');
