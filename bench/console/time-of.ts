/**
 * Milliseconds until a page of the console was answered to its end.
 * @throws it is not 200, or it is none of an operator's
 */
export async function timeOf(url: string, cookie: string): Promise<number> {
  const began = performance.now()
  const response = await fetch(url, { headers: { cookie } })
  const text = await response.text()
  const took = performance.now() - began
  if (response.status !== 200 || !text.includes('Console')) {
    throw new Error(`${url} answered ${response.status}.`)
  }
  return took
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
