-- A fresh installation counts from here: a scheduler that never comes shows as late as one that stops.
INSERT INTO heartbeats (job, at)
  SELECT job, clock_timestamp() FROM unnest(ARRAY['drain', 'backfill', 'reconcile', 'anchor', 'prune']) job
  ON CONFLICT (job) DO NOTHING;
