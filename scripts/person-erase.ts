import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { findSubject, listCustomersOf, type Subject } from '@/db/queries/erase'
import { systemActor } from '@/lib/audit/actor'
import { normalizeEmail } from '@/lib/auth/email-address'
import { Invalid } from '@/lib/errors'
import { isUserId } from '@/lib/ids'
import { log } from '@/lib/log'
import { AT_STRIPE, type AtStripe } from '@/lib/retention/erase-at-stripe'
import { erasePerson } from '@/lib/retention/erase-person'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { loadEnv } from '@/scripts/stack/load-env'
import { runCommand } from './run-command'

const USAGE =
  'npm run person:erase -- <address or user id> --reason "why" [--stripe keep|redact|delete] --yes'

/**
 * `npm run person:erase -- ada@example.com --reason "On request" --yes`: erases a person. Without `--yes`
 * it says whom it would erase. Ends with 1 when it could not be done.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      reason: { type: 'string', default: '' },
      stripe: { type: 'string', default: 'keep' },
      yes: { type: 'boolean', default: false },
    },
  })
  const [whom, ...more] = positionals
  const atStripe = AT_STRIPE.find((one) => one === values.stripe)
  if (!whom || more.length > 0 || !atStripe) throw new Invalid({ internal: USAGE })
  loadEnv()
  log.level = 'error'
  const subject = await subjectOf(whom)
  await announce(subject, atStripe)
  if (!values.yes) return console.log('Nothing was erased. Say it again with --yes.')
  const actor = systemActor(`person.erase by ${userInfo().username}`)
  const options = { reason: values.reason, atStripe }
  const { payloads, mails, links } = await erasePerson(actor, subject, options)
  console.log(`Erased, with ${payloads} payloads, ${mails} messages and ${links} links.`)
}

async function subjectOf(whom: string): Promise<Subject> {
  if (isUserId(whom)) {
    const found = await findSubject({ userId: whom })
    if (!found) throw new Invalid({ internal: `There is no user ${whom}.` })
    return found
  }
  const email = normalizeEmail(whom)
  return (await findSubject({ email })) ?? { userId: null, email }
}

async function announce({ userId }: Subject, atStripe: AtStripe): Promise<void> {
  if (!userId) return console.log('No user has that address: links and messages to it are erased.')
  console.log(`The user ${userId}, for good.`)
  const customers = await listCustomersOf(personalWorkspaceOf(userId))
  for (const { id } of customers) console.log(`  ${id}: at Stripe, ${atStripe}`)
}

await runCommand(main)
