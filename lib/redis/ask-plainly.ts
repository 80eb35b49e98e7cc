/** What a Redis behind Upstash's REST API said to one command, and how long that took. */
export type PlainAnswer =
  | { kind: 'value'; value: unknown; ms: number }
  | { kind: 'refused'; status: number; words: string; ms: number }

/**
 * Sends one command by itself: without breaker, retries and budget, and with the reason when it is refused.
 * For a check whether it works; the application asks through `store()`, to which any failure is a miss.
 * @throws no answer within `patienceMs`
 */
export async function askPlainly(
  { url, token }: { url: string; token: string },
  command: readonly string[],
  patienceMs = 5_000,
): Promise<PlainAnswer> {
  const began = performance.now()
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(command),
    signal: AbortSignal.timeout(patienceMs),
  })
  const text = await response.text()
  const ms = performance.now() - began
  const { result, error }: { result?: unknown; error?: unknown } = Object(parsed(text))
  if (response.ok && error === undefined) return { kind: 'value', value: result, ms }
  const words = typeof error === 'string' ? error : text.slice(0, 200)
  return { kind: 'refused', status: response.status, words, ms }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
