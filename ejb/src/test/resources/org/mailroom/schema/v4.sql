INSERT INTO quarantined_message (queue_id, message_id, reverse_path, recipients, rule, expires)
    VALUES ('K8Q1', 1, 'x@elsewhere.example', '[{"address": "ada@first.example", "parameters": {}}]', 'rspamd', now() + interval '1 day');
INSERT INTO policy_rule (name, position, action, conditions) VALUES ('no-programs', 10, 'refuse', ARRAY['attachment is *.exe']);
INSERT INTO policy_list (subject, pattern, allow) VALUES ('sender', 'elsewhere.example', true);
INSERT INTO greylist (triplet) VALUES ('\x00');
