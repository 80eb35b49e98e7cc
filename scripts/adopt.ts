import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { adoptAccount } from '@/lib/adopt/adopt'
import { adoptPorts } from '@/lib/adopt/production-ports'
import { FORMER_APPLICATIONS, readFormerApplication } from '@/lib/adopt/read-former'
import { reportLines, reportText } from '@/lib/adopt/report-text'
import { systemActor } from '@/lib/audit/actor'
import { Invalid } from '@/lib/errors'
import { log } from '@/lib/log'
import { loadEnv } from '@/scripts/stack/load-env'
import { runCommand } from './run-command'

const USAGE = `npm run adopt -- --yes --json --metadata-key <name>
  --from ${FORMER_APPLICATIONS.join('|')} --database <url> --trust-verified
Without --yes nothing is written.`

const OPTIONS = {
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  // What the former application called the id of its user, or of a workspace here, in a customer's metadata.
  'metadata-key': { type: 'string' },
  from: { type: 'string' },
  database: { type: 'string' },
  'trust-verified': { type: 'boolean', default: false },
} as const

/**
 * `npm run adopt`: takes over the customers of an existing Stripe account. Says what it would do with each; with
 * `--yes` it does that. Ends with 1 when it could not be done.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS })
  const { yes: act, json, from, database } = values
  const known = FORMER_APPLICATIONS.find((name) => name === from)
  const trustVerified = values['trust-verified']
  if (from !== undefined && !known) throw new Invalid({ internal: USAGE })
  if (Boolean(known) !== Boolean(database) || (trustVerified && known !== 'better-auth'))
    throw new Invalid({ internal: USAGE })
  loadEnv()
  log.level = 'error'
  const former = known && database ? await readFormerApplication(known, database) : null
  const metadataKey = values['metadata-key'] ?? null
  const ports = adoptPorts(systemActor(`adopt by ${userInfo().username}`))
  const adopted = await adoptAccount(ports, { act, metadataKey, former, trustVerified })
  if (!json) {
    for (const line of reportText(adopted, former, act)) console.log(line)
    return
  }
  const customers = reportLines(adopted)
  console.log(JSON.stringify({ acted: act, customers, rows: former?.bad ?? [] }, null, 2))
}

await runCommand(main)
