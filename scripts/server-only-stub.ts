/** Stands in for the `server-only` package in tests, where no bundler tells client from server. */
export {}
