INSERT INTO domain (name, kind) VALUES ('passed-on.example', 'relay');
INSERT INTO alias_domain (name, domain_id) VALUES ('other-name.example', 1);
INSERT INTO catch_all (domain_id, target) VALUES (1, 'ada@first.example');
INSERT INTO alias (domain_id, local_part) VALUES (1, 'both');
INSERT INTO alias_target (alias_id, address)
    SELECT id, unnest(ARRAY['ada@first.example', 'x@elsewhere.example']) FROM alias WHERE local_part = 'both';
INSERT INTO forward (account_id) VALUES (2);
INSERT INTO forward_target (account_id, address) VALUES (2, 'ben@elsewhere.example');
INSERT INTO mail_group (domain_id, local_part, display_name, who_may_send, owner)
    VALUES (1, 'team', 'The team', 'members', 'ada@first.example');
INSERT INTO group_member (group_id, address) VALUES (1, 'ada@first.example'), (1, 'x@elsewhere.example');
