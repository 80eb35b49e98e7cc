import type { Query } from '@/app/components/read-refusal'

const KEPT = ['plan', 'interval', 'code', 'from', 'return'] as const

// Longer than any address of ours. What is longer would make a Location that no browser follows.
const MAX_LENGTH = 512

/** What the person was about to do, carried through a form of this page; read again, and checked, on the server. */
export function KeptFields({ query }: { query: Query }) {
  return kept((name) => query[name]).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ))
}

/** The same as a query: `plan=pro&interval=year`, or empty. */
export function keptQuery(fields: (name: string) => unknown): string {
  return new URLSearchParams(kept(fields)).toString()
}

function kept(fields: (name: string) => unknown): [string, string][] {
  return KEPT.flatMap((name): [string, string][] => {
    const value = fields(name)
    return typeof value === 'string' && value && value.length <= MAX_LENGTH ? [[name, value]] : []
  })
}
