import { parseArgs } from 'node:util'

export const SECTIONS = [
  'webhook',
  'reader',
  'pages',
  'access',
  'cold_start',
  'memory',
  'sandbox',
] as const

export type Section = (typeof SECTIONS)[number]

export type Options = {
  rounds: number
  only: Section | null
  /** Measures what size costs, and nothing else: how many workspaces the larger database has. */
  scale: number | null
  /** Measures how tables grow with events, and nothing else. */
  growth: boolean
  /** Measures how long the tests take, and nothing else. */
  tests: boolean
  json: boolean
}

/** Of the larger database; docs/benchmarks.md shows a run with so many. */
export const DEFAULT_WORKSPACES = 1_000_000

// A hundredth of it is the smaller database, which has a page of Stripe's and everyone who takes turns.
const FEWEST = 100_000

/** @throws with a sentence for the user who typed it */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      only: { type: 'string' },
      scale: { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
      tests: { type: 'boolean', default: false },
      workspaces: { type: 'string', default: `${DEFAULT_WORKSPACES}` },
      json: { type: 'boolean', default: false },
    },
  })
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds ${values.rounds} is no number of rounds.`)
  const only = SECTIONS.find((section) => section === values.only) ?? null
  if (values.only && !only) throw new Error(`--only takes one of: ${SECTIONS.join(', ')}.`)
  const workspaces = Number(values.workspaces)
  if (!Number.isInteger(workspaces) || workspaces < FEWEST)
    throw new Error(`--workspaces takes a number from ${FEWEST}.`)
  const scale = values.scale ? workspaces : null
  const { growth, tests, json } = values
  return { rounds, only, scale, growth, tests, json }
}
