-- Tables that came after the first release: something in each.
INSERT INTO delivery_rule (domain, concurrency, tls) VALUES ('elsewhere.example', 2, 'require');
INSERT INTO destination (domain, paused_by, paused_at) VALUES ('elsewhere.example', 'ada@first.example', '2026-01-01 11:00:00+00');
