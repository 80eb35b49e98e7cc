import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { migrate } from '@/db/migrate'
import { ROOT } from '@/scripts/stack/paths'
import { databaseUrl } from '@/scripts/test-databases/url'
import { crowdOf } from '@/tests/console/crowd'
import type { Size } from './size'
import { withoutIndexes } from './without-indexes'

/**
 * A database with so many workspaces, kept from run to run until the schema or what fills it changes.
 * @returns its URL
 */
export async function seeded(serverUrl: string, size: Size): Promise<string> {
  const name = `scale_${size.workspaces}_${seedHash()}`
  const url = databaseUrl(serverUrl, name)
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} })
  try {
    await dropOthers(server, size, name)
    if (await isComplete(server, name)) return url
    await server`drop database if exists ${server(name)} with (force)`
    await server`create database ${server(name)}`
    const began = performance.now()
    console.log(`Seeding ${size.workspaces} workspaces and ${size.events} inbox rows…`)
    await fill(url, size)
    await server.unsafe(`comment on database ${name} is '${COMPLETE}'`)
    console.log(`Seeded in ${((performance.now() - began) / 1000).toFixed(0)} s.`)
    return url
  } finally {
    await server.end({ timeout: 5 })
  }
}

// Set last, so that a database whose filling was interrupted does not carry it.
const COMPLETE = 'seeded'

async function fill(url: string, { workspaces, events }: Size): Promise<void> {
  await migrate(url)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await withoutIndexes(sql, async (tx) => {
      for (const statement of crowdOf({ customers: workspaces, events })) await tx.unsafe(statement)
    })
    await sql.unsafe('vacuum analyze')
    await sql`select anchor_audit()`
    await sql.unsafe('analyze audit_anchor_heads')
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function isComplete(server: postgres.Sql, name: string): Promise<boolean> {
  const found = await server`select from pg_database
    where datname = ${name} and shobj_description(oid, 'pg_database') = ${COMPLETE}`
  return found.length > 0
}

// Of another schema: no run will use it again.
async function dropOthers(server: postgres.Sql, size: Size, name: string): Promise<void> {
  const others = await server<{ datname: string }[]>`select datname from pg_database
    where datname like ${`scale\\_${size.workspaces}\\_%`} and datname <> ${name}`
  for (const { datname } of others) await server`drop database ${server(datname)} with (force)`
}

function seedHash(): string {
  const hash = createHash('sha256')
  for (const folder of ['db/migrations', 'tests/console'])
    for (const file of readdirSync(join(ROOT, folder)).sort())
      if (/\.sql$|^crowd/.test(file)) hash.update(readFileSync(join(ROOT, folder, file)))
  return hash.digest('hex').slice(0, 12)
}
