INSERT INTO issuer_role (account_id, role, until) VALUES (2, 'auditor', now());
