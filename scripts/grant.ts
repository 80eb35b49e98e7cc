import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { type Actor, systemActor } from '@/lib/audit/actor'
import { isPaidTier, PAID_TIERS } from '@/lib/catalog/plans'
import { isFeature } from '@/lib/entitlements/overridden'
import { entitlements } from '@/lib/entitlements/read'
import { Invalid } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { log } from '@/lib/log'
import { extendOverride } from '@/lib/overrides/extend'
import { grantOverride } from '@/lib/overrides/grant'
import { revokeOverride } from '@/lib/overrides/revoke'
import type { Gift, Subject, Withheld } from '@/lib/overrides/subject'
import { withholdOverride } from '@/lib/overrides/withhold'
import { loadEnv } from '@/scripts/stack/load-env'
import { runCommand } from './run-command'
import { workspaceOf } from './workspace-of'

const USAGE = `npm run grant -- <address or workspace id> --reason "why"
  --plan ${PAID_TIERS.join('|')} | --feature <name> | --limit <uses a month>   what it is about
  --until 2027-01-31    to the end of that day, UTC; or an instant such as 2027-01-31T12:00Z
  --extend              has what was granted last longer: --plan and --limit then take no value
  --withhold            takes a plan or a feature away until then
  --revoke              takes back what was decided, at once`

const OPTIONS = {
  plan: { type: 'string' },
  feature: { type: 'string' },
  limit: { type: 'string' },
  until: { type: 'string', default: '' },
  reason: { type: 'string', default: '' },
  extend: { type: 'boolean', default: false },
  withhold: { type: 'boolean', default: false },
  revoke: { type: 'boolean', default: false },
} as const

/** `npm run grant`: what operators decide by hand about access. Ends with 1 when it could not be done. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: OPTIONS,
    args: args(),
  })
  const [whom, ...more] = positionals
  const ways = [values.extend, values.withhold, values.revoke].filter(Boolean)
  if (!whom || more.length > 0 || ways.length > 1) throw new Invalid({ internal: USAGE })
  loadEnv()
  log.level = 'error'
  const workspaceId = await workspaceOf(whom)
  const actor = systemActor(`grant by ${userInfo().username}`)
  await decided(actor, workspaceId, values)
  const { tier, features, limits, validUntil, reason } = await entitlements(workspaceId)
  const end = validUntil ? ` until ${validUntil.toISOString()}` : ''
  console.log(`The workspace ${workspaceId} has ${tier}${end}: ${reason}`)
  console.log(`  ${[...features, `${limits.monthlyUses} uses a month`].join(', ')}`)
}

// The word after --plan or --limit may be left out where it would say nothing.
function args(): string[] {
  const given = process.argv.slice(2)
  return given.flatMap((arg, at) => {
    const next = given[at + 1]
    const bare = (arg === '--plan' || arg === '--limit') && (!next || next.startsWith('--'))
    return bare ? [`${arg}=`] : [arg]
  })
}

type Given = Partial<Record<'plan' | 'feature' | 'limit', string>> & {
  until: string
  reason: string
  extend: boolean
  withhold: boolean
  revoke: boolean
}

async function decided(actor: Actor, workspaceId: WorkspaceId, given: Given): Promise<void> {
  const { reason } = given
  if (given.revoke) return revokeOverride(actor, workspaceId, subjectOf(given), { reason })
  const terms = { until: instantOf(given.until), reason }
  if (given.extend) return extendOverride(actor, workspaceId, subjectOf(given), terms)
  if (given.withhold) return withholdOverride(actor, workspaceId, withheldOf(given), terms)
  return grantOverride(actor, workspaceId, giftOf(given), terms)
}

function subjectOf({ plan, feature, limit }: Given): Subject {
  const named = [plan, feature, limit].filter((each) => each !== undefined)
  if (named.length !== 1) throw new Invalid({ internal: USAGE })
  if (plan !== undefined) return { kind: 'plan' }
  if (limit !== undefined) return { kind: 'limit', limit: 'monthlyUses' }
  if (isFeature(feature)) return { kind: 'feature', feature }
  throw new Invalid({ internal: `The catalog has no feature ${feature}.` })
}

function withheldOf(given: Given): Withheld {
  const subject = subjectOf(given)
  if (subject.kind !== 'limit') return subject
  throw new Invalid({ internal: 'A limit is not withheld: give a smaller one.' })
}

function giftOf(given: Given): Gift {
  const subject = subjectOf(given)
  if (subject.kind === 'feature') return subject
  if (subject.kind === 'limit')
    return { ...subject, amount: given.limit ? Number(given.limit) : Number.NaN }
  const { plan: tier } = given
  if (isPaidTier(tier)) return { kind: 'plan', tier }
  throw new Invalid({ internal: `Say --plan ${PAID_TIERS.join('|')}.` })
}

function instantOf(until: string): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(until)
  const instant = new Date(day ? `${until}T00:00:00Z` : until)
  const real = day ? isoDay(instant) === until : /(Z|[+-]\d\d:\d\d)$/.test(until)
  if (Number.isNaN(instant.getTime()) || !real)
    throw new Invalid({ internal: 'Say --until with a day such as 2027-01-31.' })
  // Through the day that is named, as people mean it.
  return day ? new Date(instant.getTime() + 86_400_000) : instant
}

function isoDay(instant: Date): string {
  return Number.isNaN(instant.getTime()) ? '' : instant.toISOString().slice(0, 10)
}

await runCommand(main)
