UPDATE account SET expires = now(), removal = now() WHERE id = 2;
