/** Stands in for the `server-only` package in tests, where no bundler separates client from server. */
export {}
