INSERT INTO directory_source (name, servers, base_dn, mapping)
    VALUES ('corp', 'ldaps://directory.example.test', 'dc=example,dc=test', 'person = (objectClass=inetOrgPerson)');
INSERT INTO directory_source_domain (domain_id, source_id) VALUES (1, 1);
INSERT INTO account_source (account_id, source_id, entry, dn, state, seen)
    VALUES (2, 1, '0b3cc9a0-1', 'uid=two,dc=example,dc=test', 'active', now());
INSERT INTO directory_sync (source_id, began, ended, dry_run, outcome) VALUES (1, now(), now(), true, 'done');
