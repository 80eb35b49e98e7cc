import { Section } from '@/app/console/section'
import { ALSO_EXPLAINED, EXPLAINED } from '@/lib/revenue/explain'
import { type Explained, WORDS } from './head'

// Safe: these are its own keys.
const NAMES = Object.keys(WORDS) as Explained[]

const ALL = { ...EXPLAINED, ...ALSO_EXPLAINED }

/** A sentence for each number. */
export function HowComputed() {
  return (
    <Section id="how" title="How each number is computed">
      <dl className="card divide-y divide-line">
        {NAMES.map((name) => (
          <div
            key={name}
            id={`how-${name}`}
            className="grid gap-x-4 px-3 py-2 target:bg-subtle sm:grid-cols-[10rem_1fr]"
          >
            <dt className="font-medium">{WORDS[name]}</dt>
            <dd className="text-ink-2">{ALL[name]}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
