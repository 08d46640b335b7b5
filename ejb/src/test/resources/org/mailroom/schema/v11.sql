INSERT INTO login_secret (secret) VALUES ('\x0102030405060708');
