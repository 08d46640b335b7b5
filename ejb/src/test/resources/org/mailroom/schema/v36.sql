INSERT INTO received_report (queue_id, kind, domain, ours, reporter, number, begins, ends, passed, failed, lines) VALUES
    ('K7X3', 'dmarc', 'first.example', 'first.example', 'big.example', '7', '2026-01-01', '2026-01-02', 12, 3, 1);
INSERT INTO received_report_line (report_id, number, source, name, count, passed, result, dkim, spf, detail) VALUES
    (1, 1, '192.0.2.1', 'first.example', 12, true, 'none', 'pass', 'fail', 'dkim:first.example/s1=pass');
