import { parseArgs } from 'node:util'
import { disconnect } from '@/db/client'
import { PATIENCE, within } from '@/lib/deadline'
import { CHECKS } from '@/lib/doctor/checks'
import { examine } from '@/lib/doctor/examine'
import { openPlaces } from '@/lib/doctor/places'
import { readWords } from '@/lib/doctor/read-words'
import { report } from '@/lib/doctor/report'
import { log } from '@/lib/log'
import { functionFiles } from './migrations/functions'
import { runningStack } from './stack/environment-file'
import { loadEnv } from './stack/load-env'

/**
 * `npm run doctor [-- --json --only ID,ID]`: looks whether everything that the application needs is there
 * and fits together, and says what to do where it does not. While `npm run dev` runs in this checkout, what
 * it brings is looked at. Ends with 0 when nothing fails, with 1 when something does.
 */
async function main(): Promise<number> {
  const { values: options } = parseArgs({
    options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
  })
  // What goes wrong is a finding, and no line of a log.
  log.level = 'silent'
  loadEnv()
  const stack = runningStack()
  for (const [name, value] of Object.entries(stack)) process.env[name] ||= value
  const { words, env } = readWords(process.env, process.version)
  const texts = functionFiles().map(({ text }) => text)
  const places = env ? openPlaces(env, texts) : null
  const only = options.only?.split(',').map((id) => id.trim())
  const unknown = only?.filter((id) => !CHECKS.some((check) => check.id === id)) ?? []
  if (unknown.length > 0)
    throw new Error(
      `no check is called ${unknown.join(', ')}. docs/reference/doctor.md lists them.`,
    )
  const findings = await within(PATIENCE.operator, () => examine({ words, places }, only))
  if (options.json) console.log(JSON.stringify(findings, null, 2))
  else console.log(report(findings, process.stdout.isTTY))
  if (!options.json && !env && Object.keys(stack).length === 0)
    console.log('No `npm run dev` runs in this checkout, which would bring what is missing.\n')
  return findings.some(({ status }) => status === 'fail') ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await disconnect()
}
