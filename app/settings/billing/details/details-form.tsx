import { FormOwner } from '@/app/components/form-owner'
import type { Shown } from '@/app/components/read-refusal'
import { SubmitButton } from '@/app/components/submit-button'
import type { Typed } from '@/app/typed'
import type { BillingDetails } from '@/lib/billing-address'
import { COUNTRIES } from '@/lib/countries'
import type { UserId } from '@/lib/ids'
import { saveDetails } from './actions'
import { FormLine } from './form-line'
import { LONGEST } from './read-form'

type Props = { owner: UserId; details: BillingDetails; typed: Typed; refusal: Shown | null }

// The browser's own words for what it can fill in.
const PARTS = [
  ['line1', 'Address', 'address-line1'],
  ['line2', 'Address, second line', 'address-line2'],
  ['postalCode', 'Postal code', 'postal-code'],
  ['city', 'City', 'address-level2'],
  ['state', 'State or region', 'address-level1'],
] as const

/** Name, email and address for invoices, as Stripe has them or as they were typed. */
export function DetailsForm({ owner, details, typed, refusal }: Props) {
  const { name, email, address } = details
  return (
    <form action={saveDetails} className="card grid gap-4 p-[min(1.5rem,6vw)]">
      <FormOwner of={owner} />
      <h2 className="font-semibold">On your invoices</h2>
      <FormLine name="name" label="Name" refusal={refusal} note="of you or of your company">
        {(given) => (
          <input
            {...given}
            maxLength={LONGEST.name}
            autoComplete="billing organization"
            defaultValue={typed.name ?? name}
          />
        )}
      </FormLine>
      <FormLine name="email" label="Email for invoices" refusal={refusal}>
        {(given) => (
          <input
            {...given}
            type="email"
            required
            inputMode="email"
            maxLength={LONGEST.email}
            autoComplete="billing email"
            defaultValue={typed.email ?? email}
          />
        )}
      </FormLine>
      <div className="grid gap-4 sm:grid-cols-2">
        {PARTS.map(([part, label, autocomplete]) => (
          <FormLine key={part} name={part} label={label} refusal={refusal}>
            {(given) => (
              <input
                {...given}
                maxLength={LONGEST.line}
                autoComplete={`billing ${autocomplete}`}
                defaultValue={typed[part] ?? address[part]}
              />
            )}
          </FormLine>
        ))}
        <FormLine name="country" label="Country" refusal={refusal}>
          {(given) => (
            <select
              {...given}
              autoComplete="billing country"
              defaultValue={typed.country ?? address.country}
            >
              <option value="">None</option>
              {COUNTRIES.map(({ code, name: country }) => (
                <option key={code} value={code}>
                  {country}
                </option>
              ))}
            </select>
          )}
        </FormLine>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton busy="Saving…" className="button-primary">
          Save details
        </SubmitButton>
        <p className="text-ink-3 text-sm">How you sign in stays as it is.</p>
      </div>
    </form>
  )
}
