import type { Given } from './env-given'
import { listed } from './env-values'

/** Each two of `names` that hold a value in common. */
export function twins(v: Given, names: readonly string[]): [string, string][] {
  const values = (name: string) => listed(v[name] ?? '').filter(Boolean)
  return names.flatMap((a, n) =>
    names
      .slice(n + 1)
      .filter((b) => values(b).some((value) => values(a).includes(value)))
      .map((b): [string, string] => [a, b]),
  )
}
