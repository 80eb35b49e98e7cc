-- The usage period of an instant: a month of the subscription's own period [p_start, p_end), which begins on its
-- anchor day, or the calendar month where there is none. The same as `usagePeriod` in lib/entitlements; all in UTC.
CREATE OR REPLACE FUNCTION usage_period(
  p_now timestamptz, p_start timestamptz, p_end timestamptz, OUT v_from timestamptz, OUT v_until timestamptz
) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  v_start timestamp := p_start AT TIME ZONE 'UTC';
  v_end timestamp := p_end AT TIME ZONE 'UTC';
  v_now timestamp := greatest(p_now, p_start) AT TIME ZONE 'UTC';
  v_base timestamp;
  v_day integer;
  v_anchor timestamp;
  v_months integer;
BEGIN
  IF v_start IS NULL OR v_end IS NULL OR v_end <= v_start THEN
    v_anchor := date_trunc('month', p_now AT TIME ZONE 'UTC');
    v_from := v_anchor AT TIME ZONE 'UTC';
    v_until := (v_anchor + interval '1 month') AT TIME ZONE 'UTC';
    RETURN;
  END IF;
  -- Of a renewal that is not in the records yet: the next period begins where this one ends.
  v_base := CASE WHEN v_now < v_end THEN v_start ELSE v_end END;
  -- The 31st shows as the 28th in February: the greater day of both is the anchor, where both agree with it.
  v_day := greatest(extract(day FROM v_start), extract(day FROM v_end));
  IF v_start::time <> v_end::time OR clamped(v_start, v_day) <> v_start OR clamped(v_end, v_day) <> v_end THEN
    v_day := extract(day FROM v_base);
  END IF;
  -- January has every day: whole months from there are cut to their length by Postgres.
  v_anchor := date_trunc('year', v_base) + make_interval(days => v_day - 1) + v_base::time;
  v_months := (extract(year FROM v_now) - extract(year FROM v_anchor)) * 12 + extract(month FROM v_now) - 1;
  IF v_anchor + make_interval(months => v_months) > v_now THEN
    v_months := v_months - 1;
  END IF;
  v_from := (v_anchor + make_interval(months => v_months)) AT TIME ZONE 'UTC';
  v_until := (v_anchor + make_interval(months => v_months + 1)) AT TIME ZONE 'UTC';
  IF v_now < v_end THEN
    v_until := least(v_until, p_end);
  END IF;
END $$;

-- The same month and time on another day, or on the month's last where it has no such day.
CREATE OR REPLACE FUNCTION clamped(p_at timestamp, p_day integer) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $$
  SELECT date_trunc('year', p_at) + make_interval(days => p_day - 1) + p_at::time
    + make_interval(months => extract(month FROM p_at)::integer - 1)
$$;
