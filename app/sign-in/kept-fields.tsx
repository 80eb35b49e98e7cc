import type { Query } from '@/app/components/refusals'

const KEPT = ['plan', 'interval', 'return'] as const

/** What the person was about to do, carried through a form of this page; read again, and checked, on the server. */
export function KeptFields({ query }: { query: Query }) {
  return KEPT.map((name) => {
    const value = query[name]
    return typeof value === 'string' ? (
      <input key={name} type="hidden" name={name} value={value} />
    ) : null
  })
}

/** The same as a query: `plan=pro&interval=year`, or empty. */
export function keptQuery(fields: (name: string) => unknown): string {
  const kept = KEPT.flatMap((name) => {
    const value = fields(name)
    return typeof value === 'string' && value ? [[name, value]] : []
  })
  return new URLSearchParams(kept).toString()
}
