import { randomUUID } from 'node:crypto'
import { FormOwner } from '@/app/components/form-owner'
import { SubmitButton } from '@/app/components/submit-button'
import type { Typed } from '@/app/typed'
import type { UserId } from '@/lib/ids'
import { makeReport } from './actions'

/** The form for one report. Sent twice it is the same use, because its key is. */
export function NewReport({ owner, typed }: { owner: UserId; typed: Typed }) {
  return (
    <form action={makeReport} className="card p-[min(1.5rem,6vw)]">
      <FormOwner of={owner} />
      <input type="hidden" name="key" value={randomUUID()} data-once="" />
      <label className="grid gap-1.5 font-medium text-[0.9375rem]">
        Title
        <input
          name="title"
          required
          maxLength={120}
          autoComplete="off"
          placeholder="November"
          defaultValue={typed.title}
          className="field font-normal"
        />
      </label>
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton busy="Making…" className="button-primary">
          Make report
        </SubmitButton>
        <span className="text-ink-3 text-sm">Costs one use.</span>
      </div>
    </form>
  )
}
