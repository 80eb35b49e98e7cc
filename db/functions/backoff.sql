-- 5 s · 2ⁿ, at most 5 h, with ±20 % jitter: long enough to spare Stripe, short enough to heal the same day.
CREATE OR REPLACE FUNCTION backoff(p_attempts integer) RETURNS interval LANGUAGE sql VOLATILE AS $$
  SELECT make_interval(secs => least(5 * power(2, least(p_attempts, 20)), 18000) * (0.8 + random() * 0.4))
$$;

-- A person who reloads a page must not postpone our own next try by hours.
CREATE OR REPLACE FUNCTION tries(p_attempts integer, p_count_attempt boolean) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_count_attempt THEN p_attempts + 1 ELSE greatest(p_attempts, 1) END
$$;
