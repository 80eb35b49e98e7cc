import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { isWorkspaceId, type WorkspaceId } from '@/lib/ids'
import { succeeds } from './orders'
import { startUser, type User } from './processes'

type Env = NodeJS.ProcessEnv & { DATABASE_URL?: string }

/**
 * Over two processes: `uses` at once at a limit of `limit`, each under a key of its own, and then the same
 * once more, as if no answer had arrived. Answers what is wrong.
 */
export function rush(env: Env, given: { rounds: number; uses: number; limit: number }) {
  return withDatabase(env, async (sql) => {
    const users = await Promise.all([startUser(env), startUser(env)])
    const wrong: string[] = []
    for (let round = 0; round < given.rounds; round += 1) {
      const workspaceId = await aWorkspace(sql, given.limit)
      const first = await atOnce(users, workspaceId, given.uses)
      const again = await atOnce(users, workspaceId, given.uses)
      const { used } = await counterOf(sql, workspaceId)
      if (first.allowed !== given.limit || used !== given.limit)
        wrong.push(`round ${round}: ${first.allowed} of ${given.limit} passed, and ${used} counted`)
      if (again.allowed !== 0 || again.counted !== given.limit)
        wrong.push(`round ${round}, retried: ${again.allowed} more, ${again.counted} known`)
    }
    await Promise.all(users.map((user) => user.end()))
    return wrong
  })
}

async function atOnce(users: readonly User[], workspaceId: WorkspaceId, uses: number) {
  const keys = Array.from({ length: uses }, (_, n) => `use-${n}`)
  const replies = users.map((user) => user.hear('rushed'))
  for (const [n, user] of users.entries())
    user.order({
      do: 'rush',
      workspaceId,
      keys: keys.filter((_, k) => k % users.length === n),
    })
  const answers = await Promise.all(replies)
  if (answers.includes(null)) throw new Error('A process ended in the middle of a rush.')
  const sum = (of: 'allowed' | 'counted') =>
    answers.reduce((all, answer) => all + (answer?.[of] ?? 0), 0)
  return { allowed: sum('allowed'), counted: sum('counted') }
}

const WORKS = 30

/**
 * A process that reserves, works and commits is killed somewhere in the middle; another does the same work
 * again, by the same keys. Nothing may be counted twice, lost, or kept from others. Answers what is wrong.
 */
export function deaths(env: Env, rounds: number): Promise<string[]> {
  return withDatabase(env, async (sql) => {
    const wrong: string[] = []
    const keys = Array.from({ length: WORKS }, (_, n) => `work-${n}`)
    const expected = keys.filter(succeeds).length
    for (let round = 0; round < rounds; round += 1) {
      const workspaceId = await aWorkspace(sql, WORKS)
      const first = await startUser(env)
      // A different place in each round, and a different instruction.
      const far = first.hear('answered', 1 + ((round * 7) % (WORKS - 1)))
      first.order({ do: 'work', workspaceId, keys })
      await far
      await first.kill()
      const second = await startUser(env)
      const done = second.hear('done')
      second.order({ do: 'work', workspaceId, keys })
      if (!(await done)) wrong.push(`round ${round}: the second process ended`)
      const { used, held } = await counterOf(sql, workspaceId)
      if (used !== expected || held !== 0)
        wrong.push(`round ${round}: ${used} of ${expected} counted, ${held} held`)
      await second.end()
    }
    return wrong
  })
}

/** So many histories against the reckoning on paper, spread over two processes. Answers what is wrong. */
export async function reckon(env: Env, runs: number, seed: number): Promise<string[]> {
  const users = await Promise.all([startUser(env), startUser(env)])
  const replies = users.map((user) => user.hear('done'))
  for (const [n, user] of users.entries())
    user.order({ do: 'histories', seed: seed + n, runs: Math.ceil(runs / users.length) })
  const answers = await Promise.all(replies)
  await Promise.all(users.map((user) => user.end()))
  return answers.flatMap((answer) => (answer ? (answer.wrong ?? []) : 'a process ended'))
}

async function aWorkspace(sql: postgres.Sql, limit: number): Promise<WorkspaceId> {
  const id: unknown = randomUUID()
  if (!isWorkspaceId(id)) throw new Error('randomUUID gave no UUID.')
  await sql`insert into workspaces (id, kind, name) values (${id}, 'team', 'Ada')`
  await sql`insert into entitlement_overrides (workspace_id, kind, name, effect, amount, reason, actor, expires_at)
    values (${id}, 'limit', 'monthlyUses', 'grant', ${limit}, 'A test.', '{"type":"system","job":"test"}', 'infinity')`
  return id
}

async function counterOf(
  sql: postgres.Sql,
  id: WorkspaceId,
): Promise<{ used: number; held: number }> {
  const [row] = await sql<{ used: number; held: number }[]>`
    select used, held from usage_counters where workspace_id = ${id}`
  return row ?? { used: 0, held: 0 }
}

async function withDatabase<T>(env: Env, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  if (!env.DATABASE_URL) throw new Error('There is no database in the environment.')
  const sql = postgres(env.DATABASE_URL, { max: 2, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
