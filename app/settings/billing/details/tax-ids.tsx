import { randomUUID } from 'node:crypto'
import { FormOwner } from '@/app/components/form-owner'
import type { Shown } from '@/app/components/read-refusal'
import { SubmitButton } from '@/app/components/submit-button'
import type { Typed } from '@/app/typed'
import type { ReadDetails } from '@/lib/customers/billing-details'
import { TAX_ID_TYPES, taxIdName } from '@/lib/customers/tax-id-types'
import type { UserId } from '@/lib/ids'
import { dropTaxId, saveTaxId } from './actions'
import { FormLine } from './form-line'
import { LONGEST } from './read-form'

type Props = {
  owner: UserId
  /** Null while they cannot be read. */
  taxIds: Extract<ReadDetails, { kind: 'details' }>['taxIds'] | null
  typed: Typed
  refusal: Shown | null
}

/** The numbers by which a business is taxed: those that stand on invoices, and one more. */
export function TaxIds({ owner, taxIds, typed, refusal }: Props) {
  return (
    <section aria-labelledby="tax-ids" className="card p-[min(1.5rem,6vw)]">
      <h2 id="tax-ids" className="font-semibold">
        Tax IDs
      </h2>
      {taxIds === null ? null : taxIds.length === 0 ? (
        <p className="mt-1 text-[0.9375rem] text-ink-3">There is none on your invoices.</p>
      ) : (
        <ul aria-label="Your tax IDs" className="mt-2 divide-y divide-line">
          {taxIds.map((each) => (
            <li key={each.id} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
              <p className="min-w-0 break-words">
                <span translate="no">{each.value}</span>{' '}
                <span className="text-ink-3 text-sm">{taxIdName(each.type)}</span>
              </p>
              <form action={dropTaxId}>
                <input type="hidden" name="id" value={each.id} />
                <SubmitButton busy="Removing…" className="button-quiet">
                  Remove<span className="sr-only"> {each.value}</span>
                </SubmitButton>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form action={saveTaxId} className="mt-4 grid gap-4 border-line border-t pt-4">
        <FormOwner of={owner} />
        <input type="hidden" name="cause" value={randomUUID()} data-once="" />
        <div className="grid gap-4 sm:grid-cols-2">
          <FormLine name="type" label="Type" refusal={refusal}>
            {(given) => (
              <select {...given} required defaultValue={typed.type ?? ''}>
                <option value="">Choose one</option>
                {TAX_ID_TYPES.map(({ type, name }) => (
                  <option key={type} value={type}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </FormLine>
          <FormLine name="value" label="Number" refusal={refusal}>
            {(given) => (
              <input
                {...given}
                required
                maxLength={LONGEST.taxId}
                autoComplete="off"
                defaultValue={typed.value}
              />
            )}
          </FormLine>
        </div>
        <div>
          <SubmitButton busy="Adding…">Add tax ID</SubmitButton>
        </div>
      </form>
    </section>
  )
}
