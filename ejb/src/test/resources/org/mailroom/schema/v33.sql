INSERT INTO acme (directory, terms, contact, names, account_key) VALUES ('https://acme.example/directory', '', '', 'mail.here.example', 'key');
INSERT INTO acme_step (step, good, said) VALUES ('directory', true, 'https://acme.example/directory');
INSERT INTO acme_answer (token, answer) VALUES ('token', 'token.thumbprint');
