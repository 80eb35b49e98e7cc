-- Marks targets dirty, and due within the debounce window. In the order of their keys, so that two of these never wait
-- for each other; a target that is held is read again by its lease owner.
CREATE OR REPLACE FUNCTION mark_targets(p_keys text[]) RETURNS void LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
BEGIN
  IF cardinality(p_keys) = 0 THEN RETURN; END IF;
  INSERT INTO sync_targets (key) SELECT DISTINCT k FROM unnest(p_keys) k ORDER BY k
    ON CONFLICT (key) DO NOTHING;
  PERFORM FROM sync_targets WHERE key = ANY (p_keys) ORDER BY key FOR UPDATE;
  UPDATE sync_targets SET
      dirty_seq = dirty_seq + 1, next_run_at = least(next_run_at, clock_timestamp() + debounce_window())
    WHERE key = ANY (p_keys);
END $$;
