import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { grantApplication } from './grant'

/**
 * Makes this test file's application a role that can do no more than it needs. Call it before
 * anything reads the environment, which happens once.
 */
export async function asApplicationRole() {
  const ownerUrl = process.env.DATABASE_URL ?? ''
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  // Roles belong to the server, which other test files use at the same time.
  const role = `ledgerline_app_${randomBytes(4).toString('hex')}`
  const password = await grantApplication(ownerUrl, role)
  const url = new URL(ownerUrl)
  url.username = role
  url.password = password ?? ''
  process.env.DATABASE_URL = url.href
  return {
    role,
    owner,
    ownerUrl,
    async drop() {
      await owner.unsafe(`drop owned by ${role}; drop role ${role}`)
      await owner.end()
    },
  }
}
