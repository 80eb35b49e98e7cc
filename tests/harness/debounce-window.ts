/**
 * Milliseconds: what `debounce_window()` of db/functions says. The same histories on Postgres would
 * differ if it did not.
 */
export const WINDOW_MS = 2_000
