import { createHash, randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { cpuOf } from '@/bench/measure/process-cpu'
import { ensureBuild } from '@/scripts/e2e/build'
import { bringUp } from '@/scripts/e2e/up'
import { prove } from '@/scripts/proof/prove'
import type { Stack } from '@/scripts/stack/stack'
import { eventOf, fillWith, workspaceOf } from '@/tests/console/crowd'
import { scannedBetween, sequentialScans } from '@/tests/console/scans'
import { median, timeOf } from './time-of'

// What an operator takes for at once.
const MOST_MS = 300

/**
 * `npm run bench:console`: how long each page of the console takes on the server, by the production build, with
 * 100,000 customers and 1,000,000 events: `--customers N --events N`, `--rounds N`. Ends with 1 when the median of
 * one is above 300 ms, or when a table that grows was read from end to end. Beside it stands the CPU that all servers
 * used for it, which is the same figure on a busy machine.
 */
process.exit(
  await prove({
    name: 'console',
    program: 'bench/console/main.ts',
    underWay: 'A bench of the console is under way',
    work: measure,
  }),
)

async function measure(stack: Stack): Promise<number> {
  const { values } = parseArgs({
    options: {
      customers: { type: 'string', default: '100000' },
      events: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '15' },
    },
  })
  const crowd = { customers: Number(values.customers), events: Number(values.events) }
  await ensureBuild()
  const { BASE_URL = '', DATABASE_URL = '' } = await bringUp(stack, 'console')
  const sql = postgres(DATABASE_URL, { max: 1, onnotice: () => {} })
  const began = performance.now()
  await fillWith(sql, crowd)
  console.log(
    `${crowd.customers} customers and ${crowd.events} events in ${((performance.now() - began) / 1000).toFixed(0)} s, on ${availableParallelism()} cores.`,
  )
  const cookie = await operatorCookie(sql)
  const before = await sequentialScans(sql)
  let slow = 0
  for (const path of pages(crowd.customers)) {
    const times: number[] = []
    // The first is what a new process pays for its modules.
    await timeOf(BASE_URL + path, cookie)
    const rounds = Number(values.rounds)
    const cpuBefore = cpuBelow()
    for (let n = 0; n < rounds; n += 1) times.push(await timeOf(BASE_URL + path, cookie))
    const cpu = (cpuBelow() - cpuBefore) / rounds
    const middle = median(times)
    if (middle > MOST_MS) slow += 1
    const worst = Math.max(...times)
    console.log(
      `${middle.toFixed(0).padStart(5)} ms, at most ${worst.toFixed(0)}; ${cpu.toFixed(0)} ms of CPU  ${path}`,
    )
  }
  // A connection tells what it did within ten seconds of its last query.
  await new Promise((resolve) => setTimeout(resolve, 12_000))
  const scanned = scannedBetween(before, await sequentialScans(sql))
  console.log(
    scanned.length > 0 ? `Scanned: ${scanned.join(', ')}` : 'No growing table was scanned.',
  )
  await sql.end()
  return slow + scanned.length > 0 ? 1 : 0
}

// Of what serves: the application, Postgres, Redis and the sandbox, which are all below this process.
function cpuBelow(): number {
  const { user, system } = process.cpuUsage()
  return cpuOf(process.pid) - (user + system) / 1000
}

function pages(customers: number): string[] {
  const some = Math.round(customers / 2) + 1
  const month = `${new Date().toISOString().slice(0, 7)}-01`
  return [
    '/console',
    `/console?q=person${String(some).slice(0, 3)}`,
    `/console?q=surname${some}`,
    `/console/customers/${workspaceOf(some)}`,
    `/console/customers/${workspaceOf(some)}?show=plan&why=api_access`,
    '/console/revenue',
    '/console/revenue?currency=usd&plan=pro',
    `/console/revenue/customers?of=closing&date=${month}&currency=usd`,
    `/console/revenue/customers?of=closing&date=${month}&currency=usd&plan=studio`,
    `/console/revenue/customers?of=new&date=${month}&currency=usd`,
    `/console/revenue/customers?of=failed&date=${month}`,
    `/console/revenue/customers?of=trials&date=${month}`,
    '/console/events',
    '/console/events?state=dead',
    '/console/events?type=invoice.paid',
    `/console/events?customer=cus_crowd${some}`,
    `/console/events/${eventOf(some)}`,
    '/console/stuck',
    '/console/drift',
    '/console/outbox',
    '/console/audit',
    '/console/audit?by=operators',
    '/console/audit?action=invoice.paid',
    `/console/audit?scope=cus_crowd${some}&verify=1`,
    '/console/health',
    '/console/operators',
  ]
}

/** A session of someone who is an operator. */
async function operatorCookie(sql: postgres.Sql): Promise<string> {
  const [id, token] = [randomUUID(), randomUUID()]
  const hash = createHash('sha256').update(token).digest('hex')
  await sql`insert into users (id, email) values (${id}, 'operator@example.test')`
  await sql`insert into workspaces (id, kind) values (${id}, 'personal')`
  await sql`insert into memberships (workspace_id, user_id, role) values (${id}, ${id}, 'owner')`
  await sql`insert into operators (user_id) values (${id})`
  await sql`insert into sessions (token_hash, user_id, expires) values (${hash}, ${id}, now() + interval '1 day')`
  return `authjs.session-token=${token}`
}
