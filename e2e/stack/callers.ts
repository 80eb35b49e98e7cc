import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { sandboxNow } from './sandbox'

const DAY = 86_400_000

/** A person who is signed in, without the mail and the clicks; `tier`: a plan that was given by hand. */
export async function signedInPerson(sql: postgres.Sql, tier: string | null) {
  const [id, token] = [randomUUID(), randomUUID()]
  const hash = sha256(token).toString('hex')
  await sql`insert into users (id, email) values (${id}, ${`${id}@example.test`})`
  await sql`insert into workspaces (id, kind) values (${id}, 'personal')`
  await sql`insert into memberships (workspace_id, user_id, role) values (${id}, ${id}, 'owner')`
  await sql`insert into sessions (token_hash, user_id, expires)
    values (${hash}, ${id}, ${new Date(Date.now() + DAY)})`
  if (tier !== null)
    await sql`insert into entitlement_overrides
      (workspace_id, kind, name, effect, tier, reason, actor, expires_at)
      values (${id}, 'plan', '', 'grant', ${tier}, 'A test.', '{"type":"system","job":"test"}',
        ${new Date((await sandboxNow()).getTime() + 365 * DAY)})`
  return { id, cookie: `authjs.session-token=${token}` }
}

/** A key of a workspace, living unless it is said otherwise. */
export async function keyOf(
  sql: postgres.Sql,
  workspaceId: string,
  ended: { expiresAt?: Date; revokedAt?: Date } = {},
) {
  const key = makeKey('test')
  const id = randomUUID()
  const { expiresAt = null, revokedAt = null } = ended
  await sql`insert into api_keys (id, workspace_id, created_by, name, mode, hash, last_four, expires_at, revoked_at)
    values (${id}, ${workspaceId}, ${workspaceId}, ${`Key ${id}`}, 'test', ${sha256(key).toString('hex')}, ${key.slice(-4)},
      ${expiresAt}, ${revokedAt})`
  return { id, key, bearer: `Bearer ${key}` }
}

/** A key as docs/how-to/api-keys.md describes it, by a reading of its own: 32 bytes and a checksum in base 62. */
export function makeKey(mode: 'live' | 'test'): string {
  const open = `ll_${mode}_${base62(BigInt(`0x${randomBytes(32).toString('hex')}`), 43)}`
  return `${open}${base62(BigInt(sha256(open).readUInt32BE(0)), 6)}`
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function base62(value: bigint, length: number): string {
  const last = DIGITS.charAt(Number(value % 62n))
  return length === 1 ? last : `${base62(value / 62n, length - 1)}${last}`
}
