-- Messages that met with trouble are found by that. Those that came and went as they should cost nothing here.
CREATE INDEX trace_trouble ON trace (step, at) WHERE step NOT IN ('received', 'checked', 'queued', 'delivered', 'relayed');

-- Parts of words are found by their letters, on days that are over. Whoever has a PostgreSQL without its extensions, or may not
-- use them, has searches that read more.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'pg_trgm is not there: %', SQLERRM;
END
$$;
