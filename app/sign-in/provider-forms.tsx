import type { Query } from '@/app/components/read-refusal'
import { SubmitButton } from '@/app/components/submit-button'
import { METHOD_NAMES } from '@/lib/auth/method-names'
import { PROVIDERS, type Provider, signInMethods } from '@/lib/auth/sign-in-methods'
import { continueWith } from './actions'
import { KeptFields } from './kept-fields'

/** The other sites that are set up; nothing when none is. */
export function ProviderForms({ query }: { query: Query }) {
  const methods = signInMethods()
  const offered = PROVIDERS.filter((id) => methods[id])
  if (offered.length === 0) return null
  return (
    <div className="mt-5 grid gap-3 border-line border-t pt-5">
      {offered.map((id) => (
        <ProviderForm key={id} id={id} query={query} />
      ))}
    </div>
  )
}

export function ProviderForm({ id, query }: { id: Provider; query: Query }) {
  const name = METHOD_NAMES[id]
  return (
    <form action={continueWith}>
      <KeptFields query={query} />
      <input type="hidden" name="provider" value={id} />
      <SubmitButton busy={`Opening ${name}…`} className="w-full">
        Continue with {name}
      </SubmitButton>
    </form>
  )
}
