import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { disconnect } from '@/db/client'
import { faultText } from '@/lib/audit/fault-text'
import { verifyAudit } from '@/lib/audit/verify'
import { PATIENCE, within } from '@/lib/deadline'
import { failureText } from '@/lib/log'
import { keptRoots } from './audit/kept-roots'
import { given } from './stack/given'
import { loadEnv } from './stack/load-env'
import { standIn } from './stack/stand-in'

/**
 * `npm run audit:verify`: recomputes the audit trail and compares it with its anchors. `--scope cus_…`
 * looks at one chain, `--kept FILE` at the log lines in which the anchors were handed outside.
 * Ends with 0 when all is as it was written, with 1 when something is not, with 2 when it cannot be decided.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { scope: { type: 'string' }, kept: { type: 'string' } } })
  loadEnv()
  if (!given('DATABASE_URL')) throw new Error('DATABASE_URL is not set. Give the URL to verify.')
  if (!given('AUDIT_SECRET') && !given('AUTH_SECRET')) {
    throw new Error('Neither AUDIT_SECRET nor AUTH_SECRET is set: no seal could be checked.')
  }
  standIn()
  const began = performance.now()
  const kept = values.kept ? keptRoots(readFileSync(values.kept, 'utf8')) : new Map()
  const { rows, chains, anchoredThrough, faults } = await verifyAudit({
    scope: values.scope ?? null,
    kept,
  })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${rows} rows in ${chains} chains, in ${seconds} s.`)
  console.log(
    anchoredThrough ? `Anchored through ${anchoredThrough}, UTC.` : 'No day is anchored yet.',
  )
  if (values.kept) console.log(`${kept.size} roots were kept outside.`)
  for (const fault of faults.slice(0, SHOWN)) console.log(`✗ ${faultText(fault)}`)
  if (faults.length > SHOWN) console.log(`✗ and ${faults.length - SHOWN} more`)
  if (faults.length === 0) console.log('✓ All is as it was written.')
  return faults.length === 0 ? 0 : 1
}

// A person reads them; more than these have one cause, not hundreds.
const SHOWN = 20

try {
  // Each statement goes through the whole trail.
  process.exitCode = await within(PATIENCE.operator, main)
} catch (error) {
  console.error(error instanceof Error && !('query' in error) ? error.message : failureText(error))
  process.exitCode = 2
} finally {
  await disconnect()
}
