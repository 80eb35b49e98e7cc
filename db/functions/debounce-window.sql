-- A target is read at most once in this time, and once more for what came meanwhile.
CREATE OR REPLACE FUNCTION debounce_window() RETURNS interval LANGUAGE sql IMMUTABLE AS $$
  SELECT interval '2 seconds'
$$;
