import { z } from 'zod'
import { CHECKS } from '@/lib/doctor/checks'
import { examine } from '@/lib/doctor/examine'
import { openPlaces } from '@/lib/doctor/places'
import { readWords } from '@/lib/doctor/read-words'
import { functionFiles } from '@/scripts/migrations/functions'
import { tool } from './tool'

// They look by writing: a row that is taken back, a key that ends, an event that is sent to the server.
const BY_WRITING = ['database_writes', 'redis_writes', 'webhook_round_trip']
const READING = CHECKS.map(({ id }) => id).filter((id) => !BY_WRITING.includes(id))

/** `npm run doctor` for an agent, without the checks that write. */
export const doctorTool = tool({
  title: 'What is wrong with this installation',
  description: `Looks whether everything that the application needs is there and fits together, and says what to do where it does not. Left out, because they write: ${BY_WRITING.join(', ')}; a person runs npm run doctor for those.`,
  takes: z.strictObject({
    only: z
      .array(z.enum(READING))
      .optional()
      .describe('the ids of some checks; docs/reference/doctor.md lists them'),
    all: z.boolean().default(false).describe('also those that are fine, or do not apply'),
  }),
  async run({ only = READING, all }, { away }) {
    const { words, env } = readWords(process.env, process.version)
    const texts = functionFiles().map(({ text }) => text)
    // A database that could be written to is not asked at all.
    const places = env && away === null ? openPlaces(env, texts) : null
    const findings = await examine({ words, places }, only)
    const shown = findings.filter(({ status }) => all || status === 'warn' || status === 'fail')
    return { notAsked: away, looked: findings.length, notLookedAt: BY_WRITING, findings: shown }
  },
})
