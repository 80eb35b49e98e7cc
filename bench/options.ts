import { parseArgs } from 'node:util'

export const SECTIONS = ['webhook', 'reader', 'pages', 'access', 'cold_start', 'sandbox'] as const

export type Options = {
  rounds: number
  only: (typeof SECTIONS)[number] | null
  memory: boolean
  json: boolean
}

/** @throws with a sentence for the user who typed it */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      only: { type: 'string' },
      memory: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds ${values.rounds} is no number of rounds.`)
  const only = SECTIONS.find((section) => section === values.only) ?? null
  if (values.only && !only) throw new Error(`--only takes one of: ${SECTIONS.join(', ')}.`)
  return { rounds, only, memory: values.memory, json: values.json }
}
