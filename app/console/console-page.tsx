import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { type Query, readRefusal } from '@/app/components/read-refusal'
import { inTime } from '@/app/in-time'
import { readTyped } from '@/app/typed'
import { currentOperator, type Operator } from '@/lib/auth/operator'
import type { Fill } from './fill'
import { ConsoleFrame } from './frame'
import type { Place } from './places'

type Props = { params: Promise<Record<string, string>>; searchParams: Promise<Query> }

/** What a page of the console is made from: who looks, and what its address says. */
export type Visit = {
  operator: Operator
  params: Record<string, string>
  query: Query
  /** For its forms. */
  fill: Fill
}

/**
 * A page of the console. For everyone but an operator there is no such page, and nothing of it is read.
 * Every page.tsx below this folder is made with it: a test goes through them.
 */
export function consolePage(here: Place, render: (visit: Visit) => Promise<ReactNode>) {
  return inTime(async ({ params, searchParams }: Props) => {
    const operator = await currentOperator()
    if (!operator) notFound()
    const query = await searchParams
    const typed = readTyped((await readRefusal(query))?.typed)
    const visit = { operator, params: await params, query, fill: { operator, typed } }
    return (
      <ConsoleFrame operator={operator} here={here} query={visit.query}>
        {await render(visit)}
      </ConsoleFrame>
    )
  })
}

/** The title, for operators alone: for everyone else that of a page that is not there. */
export function consoleMetadata(title: string): () => Promise<Metadata> {
  return async () =>
    (await currentOperator()) ? { title: `${title} · Console`, robots: NO_ROBOTS } : NOWHERE
}

// As app/not-found.tsx has it.
const NOWHERE = { title: 'Page not found' }

const NO_ROBOTS = { index: false, follow: false }
