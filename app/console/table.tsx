import type { Route } from 'next'
import type { ReactNode } from 'react'

type TableProps = {
  label: string
  /** The words above its columns; one with an address leads to what it means. */
  head: readonly (string | { word: string; href: Route })[]
  /** Its cells wrap where there is no room: one without a link could not be scrolled by the keyboard. */
  narrow?: boolean
  children: ReactNode
}

/** A table of the console, as wide as its words; where there is no room it scrolls by itself and the page does not. */
export function Table({ label, head, narrow = false, children }: TableProps) {
  return (
    <section aria-label={label} className="card scroll-x relative">
      <table
        className={`w-full border-collapse text-left ${narrow ? `narrow-table ${NARROW}` : ''}`}
      >
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-line border-b bg-subtle text-ink-3 text-xs">
            {head.map((each) => (
              <th
                key={typeof each === 'string' ? each : each.word}
                scope="col"
                className="h-9 whitespace-nowrap px-3 font-medium"
              >
                {typeof each === 'string' ? (
                  each
                ) : (
                  <a
                    href={each.href}
                    className="inline-flex min-h-6 items-center underline decoration-dotted underline-offset-4 hover:text-ink"
                  >
                    {each.word}
                  </a>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child]:border-0 [&>tr:hover]:bg-subtle [&>tr]:border-line [&>tr]:border-b">
          {children}
        </tbody>
      </table>
    </section>
  )
}

export function Cell({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <td
      className={`h-9 px-3 py-1.5 align-top ${wide ? 'wrap-anywhere sm:min-w-60' : 'whitespace-nowrap'}`}
    >
      {children}
    </td>
  )
}

/** What names its row. */
export function RowHead({ children }: { children: ReactNode }) {
  return (
    <th scope="row" className="h-9 whitespace-nowrap px-3 py-1.5 align-top font-medium">
      {children}
    </th>
  )
}

const NARROW =
  'max-sm:[&_:is(td,th)]:whitespace-normal max-sm:[&_:is(td,th)]:px-2 max-sm:[&_:is(td,th)]:wrap-anywhere max-sm:[&_th[scope=row]]:min-w-24 max-sm:[&_time]:wrap-normal'
