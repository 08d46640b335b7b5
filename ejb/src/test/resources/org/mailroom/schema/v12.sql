INSERT INTO scram_sha1 (account_id, verifier, salt, iterations, stored_key, server_key)
VALUES (1, '$argon2id$', '\x01', 4096, '\x02', '\x03');
