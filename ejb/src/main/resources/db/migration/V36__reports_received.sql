-- Reports that others send us: on mail in the name of our domains (DMARC), and on TLS towards us.
CREATE TABLE received_report (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    received     timestamptz NOT NULL DEFAULT now(),
    queue_id     text        NOT NULL,
    message_id   bigint,                                -- to be read; null: it was
    attempts     integer     NOT NULL DEFAULT 0,
    next_attempt timestamptz NOT NULL DEFAULT now(),
    kind         text        NOT NULL DEFAULT '',       -- dmarc, tls
    domain       text        NOT NULL DEFAULT '',       -- on which it reports
    ours         text        NOT NULL DEFAULT '',       -- that domain of ours, or the one above it
    reporter     text        NOT NULL DEFAULT '',
    number       text        NOT NULL DEFAULT '',       -- its reporter's
    begins       timestamptz,
    ends         timestamptz,
    passed       bigint      NOT NULL DEFAULT 0,
    failed       bigint      NOT NULL DEFAULT 0,
    lines        integer     NOT NULL DEFAULT 0,
    trouble      text        NOT NULL DEFAULT ''        -- why it was not read
);
CREATE INDEX received_report_waiting ON received_report (id) WHERE message_id IS NOT NULL;
CREATE INDEX received_report_received ON received_report (received);
CREATE INDEX received_report_number ON received_report (domain, number);

CREATE TABLE received_report_line (
    report_id  bigint  NOT NULL REFERENCES received_report ON DELETE CASCADE,
    number     bigint  NOT NULL,
    source     text    NOT NULL,
    name       text    NOT NULL,
    count      bigint  NOT NULL,
    passed     boolean NOT NULL,
    result     text    NOT NULL,
    dkim       text    NOT NULL,
    spf        text    NOT NULL,
    detail     text    NOT NULL,
    PRIMARY KEY (report_id, number)
);
