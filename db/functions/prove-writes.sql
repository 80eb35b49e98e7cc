-- Raises the error that storing a webhook would meet now. It stores an event and rolls it back, which a read-only
-- server, a missing right or a full disk refuses; and since that row may fit into a page that the table already
-- has, it also fills a temporary file of half a megabyte, which is deleted with the statement.
CREATE OR REPLACE FUNCTION prove_writes() RETURNS void LANGUAGE plpgsql
SET lock_timeout = '1s' SET work_mem = '64kB' AS $$
BEGIN
  BEGIN
    INSERT INTO webhook_events (id, type, livemode, stripe_created_at, state, payload_sha256)
      VALUES ('evt_probe_' || gen_random_uuid(), 'probe', false, clock_timestamp(), 'ignored', '');
    RAISE EXCEPTION 'taken back' USING ERRCODE = 'LW000';
  EXCEPTION WHEN SQLSTATE 'LW000' THEN
    NULL;
  END;
  PERFORM count(*) FROM generate_series(1, 20000);
END $$;
