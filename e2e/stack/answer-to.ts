/** A request of someone, and what it is answered: a status, and where it leads to with which refusal. */
export type Case = { what: string; path: string; init: RequestInit; expected: string }

/** What a request is answered, in the words of a case. */
export async function answerTo(base: string, { path, init }: Case): Promise<string> {
  const answer = await fetch(`${base}${path}`, { ...init, redirect: 'manual' })
  await answer.arrayBuffer()
  const location = answer.headers.get('location')
  if (location === null) return `${answer.status}`
  const { pathname, searchParams } = new URL(location, base)
  const error = searchParams.get('error')
  return `${answer.status} ${pathname}${error ? `?error=${error}` : ''}`
}
