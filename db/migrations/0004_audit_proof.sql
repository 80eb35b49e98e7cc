-- Heartbeats say whether a job ended well; the audit trail gets anchors; the application a role of its own.

ALTER TABLE heartbeats ALTER COLUMN at DROP NOT NULL, ADD COLUMN failed_at timestamptz, ADD COLUMN last_error text;
--> statement-breakpoint
-- A fresh installation counts from here: a scheduler that never comes shows as late as one that stops.
INSERT INTO heartbeats (job, at)
  SELECT job, clock_timestamp() FROM unnest(ARRAY['drain', 'backfill', 'reconcile', 'anchor']) job
  ON CONFLICT (job) DO NOTHING;
