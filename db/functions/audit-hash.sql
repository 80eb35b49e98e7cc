-- The audit trail is append-only, with a hash chain per scope. Appending and verifying share this one hash.
CREATE OR REPLACE FUNCTION audit_hash(
  p_prev text, p_scope text, p_n bigint, p_at timestamptz, p_actor jsonb, p_action text,
  p_before jsonb, p_after jsonb, p_event_ids text[]
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  -- A JSON array, because joined strings can be cut in two ways.
  SELECT encode(sha256(convert_to(p_prev || jsonb_build_array(
    p_scope, p_n, to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    p_actor, p_action, p_before, p_after, to_jsonb(p_event_ids))::text, 'UTF8')), 'hex')
$$;
