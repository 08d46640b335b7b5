INSERT INTO sts_policy (domain, policy_id, policy, fetched, expires)
    VALUES ('there.example', '20260101', E'version: STSv1\nmode: none\nmax_age: 600', '2026-01-01', '2099-01-01');
INSERT INTO tls_result VALUES ('2026-01-01', 'there.example', 'sts', '', 'mx.there.example', '', 3);
