INSERT INTO dmarc_report VALUES ('2026-01-01', 'there.example v=DMARC1; p=none');
