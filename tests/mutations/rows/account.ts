import { randomBytes, randomUUID } from 'node:crypto'
import { count, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { deleteAccount, setEmails } from '@/app/settings/account/actions'
import { makeKey, revokeKey } from '@/app/settings/api-keys/actions'
import { dropTaxId, saveDetails, saveTaxId } from '@/app/settings/billing/details/actions'
import { allowLinks, removeMethod } from '@/app/settings/sign-in-methods/actions'
import { db } from '@/db/client'
import { apiKeys } from '@/db/schema/api-keys'
import { accounts, emailOptOuts, sessions, users } from '@/db/schema/auth'
import { outbox } from '@/db/schema/events'
import { createApiKey } from '@/lib/api-keys/create'
import { FORM_OWNER, sealFormOwner } from '@/lib/auth/form-owner'
import { GREAT } from '@/lib/catalog/tiers.fixture'
import { addTaxId } from '@/lib/customers/tax-ids'
import { grantPlan } from '@/lib/overrides/granted.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { account, visitor } from '@/tests/mutations/people'
import type { Row } from '@/tests/mutations/row'
import { billingOf } from '@/tests/mutations/stands'
import { trailOf } from '@/tests/mutations/trail-of'

type Person = Awaited<ReturnType<typeof visitor>>

const METHODS = '/settings/sign-in-methods'
const DETAILS = '/settings/billing/details'
const SAVED = /^\/settings\/billing\/details\?done=saved&sealed=/
const VAT = { type: 'eu_vat', value: 'DE123456789' }
const LONDON = {
  ...{ name: 'Engines', email: 'accounts@engines.example.test', line1: '12 St James Sq' },
  ...{ line2: '', city: 'London', state: '', postalCode: 'SW1Y 4JH', country: 'GB' },
}

/** How one signs in, and in how many browsers. */
async function ways(me: Person) {
  const [user] = await db().select().from(users).where(eq(users.id, me.userId))
  const linked = await db().select().from(accounts).where(eq(accounts.userId, me.userId))
  const open = await db().select().from(sessions).where(eq(sessions.userId, me.userId))
  return {
    ...{ links: user?.emailSignIn, linked: linked.map(({ provider }) => provider) },
    ...{ open: open.length, did: await trailOf(me) },
  }
}

async function linked() {
  const who = await visitor()
  await db()
    .insert(accounts)
    .values({ userId: who.userId, provider: 'github', providerAccountId: who.userId })
  return who
}

/** What changes an account, its details, its keys and its uses. */
export const ACCOUNT_ROWS: Record<string, Row> = {
  'app/settings/billing/details/actions.ts saveDetails': {
    async open() {
      const who = await account()
      return { who, fields: LONDON, stands: () => billingOf(who) }
    },
    press: saveDetails,
    done: SAVED,
    after: { stripe: { name: 'Engines', city: 'London' } },
    back: DETAILS,
    typed: ['name', 'email', 'line1', 'city', 'postalCode', 'country'],
    outsider: SAVED,
  },
  'app/settings/billing/details/actions.ts saveTaxId': {
    async open() {
      const who = await account()
      return { who, fields: { ...VAT, cause: randomUUID() }, stands: () => billingOf(who) }
    },
    press: saveTaxId,
    done: SAVED,
    after: { stripe: { taxIds: ['DE123456789'] } },
    back: DETAILS,
    typed: ['type', 'value'],
    outsider: SAVED,
  },
  'app/settings/billing/details/actions.ts dropTaxId': {
    async open() {
      const who = await account()
      await addTaxId(who.actor, { ...VAT, cause: randomUUID() })
      const { data } = await stripeClient().customers.listTaxIds(who.customerId)
      return { who, fields: { id: data[0]?.id ?? '' }, stands: () => billingOf(who) }
    },
    press: dropTaxId,
    done: SAVED,
    after: { stripe: { taxIds: [] } },
    back: DETAILS,
    outsider: SAVED,
  },
  'app/settings/account/actions.ts setEmails': {
    async open() {
      const who = await visitor()
      const off = () =>
        db().select({ n: count() }).from(emailOptOuts).where(eq(emailOptOuts.userId, who.userId))
      return {
        ...{ who, fields: { kind: 'usage', on: 'no' } },
        stands: async () => ({ off: await off(), did: await trailOf(who) }),
      }
    },
    press: setEmails,
    done: /^\/settings\/account\?done=emails&sealed=/,
    after: { off: [{ n: 1 }], did: expect.arrayContaining(['user.choose_emails']) },
    back: '/settings/account',
    outsider: /done=emails/,
    asksNothing: true,
  },
  'app/settings/account/actions.ts deleteAccount': {
    async open() {
      const who = await visitor()
      const asked = () =>
        db()
          .select({ n: count() })
          .from(outbox)
          .where(eq(outbox.key, `person.erase:${who.userId}`))
      return {
        who,
        fields: {
          email: `${who.userId}@example.test`,
          [FORM_OWNER]: sealFormOwner(who.userId),
        },
        stands: async () => ({ asked: await asked(), ...(await ways(who)) }),
      }
    },
    press: deleteAccount,
    done: /^\/sign-in\/deleted$/,
    after: { asked: [{ n: 1 }], open: 0 },
    back: '/settings/account',
    typed: ['email'],
    outsider: /^\/settings\/account\/delete\?error=invalid/,
    asksNothing: true,
  },
  'app/settings/sign-in-methods/actions.ts removeMethod': {
    async open() {
      const who = await linked()
      return { who, fields: { method: 'github' }, stands: () => ways(who) }
    },
    press: removeMethod,
    done: /\?done=removed_github&/,
    after: { linked: [], links: true },
    back: METHODS,
    outsider: /done=removed_github/,
    asksNothing: true,
  },
  'app/settings/sign-in-methods/actions.ts allowLinks': {
    async open() {
      const who = await linked()
      await db().update(users).set({ emailSignIn: false }).where(eq(users.id, who.userId))
      return { who, fields: {}, stands: () => ways(who) }
    },
    press: allowLinks,
    done: /\?done=added_email&/,
    after: { links: true },
    back: METHODS,
    outsider: /done=added_email/,
    asksNothing: true,
  },
  'app/settings/api-keys/actions.ts makeKey': {
    async open() {
      const who = await visitor()
      await grantPlan(who.workspaceId, GREAT)
      return { who, fields: keyForm(), stands: () => keysOf(who) }
    },
    press: (form) => makeKey(null, form),
    done: /^\/key$/,
    after: { keys: [{ revoked: false }] },
    back: '/settings/api-keys',
    typed: ['name', 'days'],
    outsider: /error=payment_required/,
    asksNothing: true,
  },
  'app/settings/api-keys/actions.ts revokeKey': {
    async open() {
      const who = await visitor()
      await grantPlan(who.workspaceId, GREAT)
      const { id } = await createApiKey(who.actor, { name: 'Nightly export', days: 90 })
      return { who, fields: { key: id }, stands: () => keysOf(who) }
    },
    press: revokeKey,
    done: /\?done=revoked&/,
    after: { keys: [{ revoked: true }] },
    back: '/settings/api-keys',
    outsider: /error=not_found/,
    asksNothing: true,
  },
}

function keyForm() {
  const form = randomBytes(32).toString('base64url')
  return { name: 'Nightly export', days: '90', form }
}

async function keysOf(me: Person) {
  const keys = await db().select().from(apiKeys).where(eq(apiKeys.workspaceId, me.workspaceId))
  return {
    keys: keys.map(({ revokedAt }) => ({ revoked: revokedAt !== null })),
    did: (await trailOf(me)).filter((action) => action.startsWith('api_key.')),
  }
}
