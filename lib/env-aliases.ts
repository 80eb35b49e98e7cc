import type { Given } from './env-given'

/** What the integrations of Vercel's Marketplace call a variable of ours, the preferred name first. */
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
  // Neon gives DATABASE_URL itself, and the rest beside it; Supabase and Prisma Postgres only the latter.
  DATABASE_URL: ['POSTGRES_URL'],
  DIRECT_DATABASE_URL: ['DATABASE_URL_UNPOOLED', 'POSTGRES_URL_NON_POOLING'],
  // Upstash.
  UPSTASH_REDIS_REST_URL: ['KV_REST_API_URL'],
  UPSTASH_REDIS_REST_TOKEN: ['KV_REST_API_TOKEN'],
  // Stripe gives STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET under the names that are ours, too.
  NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY: ['STRIPE_PUBLISHABLE_KEY'],
}

export type Understood = {
  /** Those that were given, with ours added for what came under another name. */
  variables: Given
  /** Which name the value of ours came under. */
  from: Record<string, string>
  /** Two names of one thing that say different things: a sentence each, without a value. */
  remarks: string[]
}

/**
 * Reads the variables under whatever name they came. Ours wins where both are given and neither is blank;
 * what belongs together (a URL and its token, a database and the way around its pooler) is never taken
 * from two sources.
 */
export function understand(given: Given): Understood {
  const from: Record<string, string> = {}
  for (const [name, others] of Object.entries(ALIASES)) {
    const other = others.find((one) => filled(given[one]) && fits(name, one, given))
    if (!filled(given[name]) && other) from[name] = other
  }
  const added = Object.entries(from).map(([name, other]) => [name, given[other]])
  const variables: Given = { ...given, ...Object.fromEntries(added) }
  return { variables, from, remarks: remarksOn(given, variables, from) }
}

/** A sentence about a variable of ours, about the name that its value was given under. */
export function underItsName(sentence: string, from: Understood['from']): string {
  return Object.entries(from).reduce(
    (text, [name, other]) => text.replace(new RegExp(`\\b${name}\\b`, 'g'), other),
    sentence,
  )
}

function fits(name: string, other: string, given: Given): boolean {
  // A token opens one store: half of ours beside half of theirs would be two stores.
  if (name.startsWith('UPSTASH_'))
    return !filled(given.UPSTASH_REDIS_REST_URL) && !filled(given.UPSTASH_REDIS_REST_TOKEN)
  // Migrations must not go to another database than the one that is served.
  if (other === 'POSTGRES_URL_NON_POOLING')
    return !filled(given.DATABASE_URL) || isSamePlace(given.DATABASE_URL, given.POSTGRES_URL)
  if (other === 'DATABASE_URL_UNPOOLED') return isSamePlace(given.DATABASE_URL, given[other])
  return true
}

function remarksOn(given: Given, variables: Given, from: Understood['from']): string[] {
  return Object.entries(ALIASES).flatMap(([name, others]) => {
    const believed = from[name] ?? (filled(given[name]) ? name : null)
    return others
      .filter((other) => other !== believed && filled(given[other]))
      .filter((other) => !agree(name, variables[name], given[other]))
      .map((other) =>
        believed
          ? `${believed} and ${other} differ, and only ${believed} is used. Remove the one that is not meant.`
          : `${other} is not used, for it does not belong to ${partner(name, from)}. Remove it, or give ${name}.`,
      )
  })
}

// What the other half is, of a name that stands for nothing without it.
function partner(name: string, from: Understood['from']): string {
  if (name === 'DIRECT_DATABASE_URL') return from.DATABASE_URL ?? 'DATABASE_URL'
  return name === 'UPSTASH_REDIS_REST_URL' ? 'UPSTASH_REDIS_REST_TOKEN' : 'UPSTASH_REDIS_REST_URL'
}

function agree(name: string, ours: string | undefined, theirs: string | undefined): boolean {
  if (name.endsWith('DATABASE_URL') && filled(ours)) return isSamePlace(ours, theirs)
  return ours?.trim() === theirs?.trim()
}

// Neon's pooler is the host of the database with a suffix to its first label, and providers differ in the
// parameters that they append. A password that is not the same is another role's, or an old one.
function isSamePlace(one: string | undefined, other: string | undefined): boolean {
  return placeOf(one) === placeOf(other)
}

function placeOf(value: string | undefined): string | undefined {
  if (!value || !URL.canParse(value.trim())) return value?.trim()
  const { hostname, pathname, username, password, port } = new URL(value.trim())
  const host = hostname.replace(/^([^.]+)-pooler\./, '$1.')
  return [username, password, host, port === '5432' ? '' : port, pathname].join('\n')
}

function filled(value: string | undefined): value is string {
  return Boolean(value?.trim())
}
