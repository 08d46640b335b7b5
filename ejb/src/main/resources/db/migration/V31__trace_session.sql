-- What began in a session is found by it. An entry a message, not one a step.
CREATE INDEX trace_session ON trace (session) WHERE step IN ('received', 'refused') AND session <> '';
