INSERT INTO node (name, started, seen, sessions, sending) VALUES ('one.here.example', '2026-01-01', '2026-01-01', 0, 0);
