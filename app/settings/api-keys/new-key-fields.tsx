import type { Typed } from '@/app/typed'
import { LIFETIMES, type Lifetime } from '@/lib/api-keys/lifetimes'
import { lifetimeValue } from './read-form'

// Long enough for a quarter's work, and short enough that a forgotten key ends by itself.
const SUGGESTED: Lifetime = 90

/** What is asked for a new key. */
export function NewKeyFields({ typed }: { typed: Typed }) {
  return (
    <div className="mt-4 grid gap-4 sm:grid-cols-[1fr_12rem]">
      <label className="grid gap-1.5 font-medium text-[0.9375rem]">
        Name
        <input
          name="name"
          required
          maxLength={60}
          autoComplete="off"
          placeholder="Nightly export"
          defaultValue={typed.name}
          className="field font-normal"
        />
      </label>
      <label className="grid gap-1.5 font-medium text-[0.9375rem]">
        Expires
        <select
          name="days"
          defaultValue={typed.days || lifetimeValue(SUGGESTED)}
          className="field font-normal [font-family:inherit]"
        >
          {LIFETIMES.map((days) => (
            <option key={days} value={lifetimeValue(days)}>
              {days === null ? 'Never' : `In ${days} days`}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
