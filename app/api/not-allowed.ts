/** What a route answers to a method that it does not have: Next's own 405 leaves out which ones it has. */
export function notAllowed(allowed: string): () => Response {
  return () =>
    Response.json(
      { error: 'method_not_allowed' },
      { status: 405, headers: { allow: allowed, 'cache-control': 'private, no-store' } },
    )
}
