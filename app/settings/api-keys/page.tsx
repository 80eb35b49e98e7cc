import { randomBytes } from 'node:crypto'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { accessHere } from '@/app/access/here'
import { Offer } from '@/app/access/offer'
import { FormOwner } from '@/app/components/form-owner'
import { type Query, readRefusal } from '@/app/components/read-refusal'
import { Shell } from '@/app/components/shell'
import { inTime } from '@/app/in-time'
import { SettingsNav } from '@/app/settings/settings-nav'
import { readTyped } from '@/app/typed'
import { listApiKeys } from '@/lib/api-keys/list'
import { currentUser } from '@/lib/auth/session'
import { allows } from '@/lib/entitlements/answer'
import { KeyRow } from './key-row'
import { NewKey } from './new-key'
import { NewKeyFields } from './new-key-fields'
import { Outcome } from './outcome'

export const metadata: Metadata = { title: 'API keys' }

export default inTime(ApiKeysPage)

async function ApiKeysPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [viewer, query] = await Promise.all([currentUser(), searchParams])
  if (!viewer) redirect('/sign-in?return=/settings/api-keys')
  const [access, keys, refusal] = await Promise.all([
    accessHere(),
    listApiKeys(viewer.actor.workspaceId),
    readRefusal(query),
  ])
  return (
    <Shell viewer={viewer} here="billing">
      <div className="py-12">
        <h1 className="display text-3xl">API keys</h1>
        <p className="mt-1 text-ink-3">With a key, a program of yours acts for you.</p>
        <SettingsNav here="/settings/api-keys" />
        <div className="grid gap-4">
          <Outcome query={query} refusal={refusal} />
          {allows(access, 'api_access') ? (
            <NewKey>
              <FormOwner of={viewer.actor.id} />
              <input
                type="hidden"
                name="form"
                value={randomBytes(32).toString('base64url')}
                data-once=""
              />
              <NewKeyFields typed={readTyped(refusal?.typed)} />
            </NewKey>
          ) : (
            <Offer feature="api_access" access={access}>
              {keys.some(({ state }) => state === 'living')
                ? 'Your keys are refused until then; you can still revoke them.'
                : null}
            </Offer>
          )}
          {keys.length > 0 ? (
            <ul aria-label="Your keys" className="card divide-y divide-line px-[min(1.5rem,6vw)]">
              {keys.map((apiKey) => (
                <KeyRow key={apiKey.id} apiKey={apiKey} asked={query.revoke === apiKey.id} />
              ))}
            </ul>
          ) : (
            <p className="text-ink-3 text-sm">There are no keys yet.</p>
          )}
        </div>
      </div>
    </Shell>
  )
}
