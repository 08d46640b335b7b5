INSERT INTO second_factor (account_id, secret, confirmed) VALUES (1, 'x', now());
INSERT INTO recovery_code VALUES (1, '00');
INSERT INTO address_rewrite (domain_id, rank, pattern, regular, target) VALUES (1, 10, 'sales-*', false, 'info');
INSERT INTO tenant (name) VALUES ('acme');
UPDATE domain SET tenant_id = 1 WHERE id = 1;
INSERT INTO usage_limit (tenant_id, recipients) VALUES (1, 100);
INSERT INTO usage_warning (account_id, percent) VALUES (1, 80);
INSERT INTO group_moderator VALUES (1, 'moderator@example.test');
