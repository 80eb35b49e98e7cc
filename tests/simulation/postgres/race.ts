import type { Mutant } from './mutate'

/** A guard that matters only when several processes work at once, or in what no history does, and what shows it. */
export type Race = Mutant & {
  /** A sentence for what went wrong; null when nothing did. */
  run(): Promise<string | null>
}

/** What is said of a number that is not the expected one. */
export function several(what: string, found: number, expected: number): string | null {
  return found === expected ? null : `There are ${found} ${what}, and there should be ${expected}.`
}
