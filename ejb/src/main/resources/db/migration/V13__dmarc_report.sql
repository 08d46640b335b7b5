-- What a report on DMARC (RFC 9990) needs besides: what counted for the author's domain, and why its owner's wish was not heeded.
ALTER TABLE dmarc_count
    ADD COLUMN dkim_aligned boolean NOT NULL DEFAULT false,
    ADD COLUMN spf_aligned  boolean NOT NULL DEFAULT false,
    ADD COLUMN override     text    NOT NULL DEFAULT '',
    DROP CONSTRAINT dmarc_count_pkey,
    ADD PRIMARY KEY (day, domain, policy, source, disposition, override, dkim_aligned, spf_aligned, dkim, spf);

-- Reports that were sent: whoever writes the row first, sends it.
CREATE TABLE dmarc_report (
    day     date NOT NULL,
    policy  text NOT NULL,
    PRIMARY KEY (day, policy)
);
