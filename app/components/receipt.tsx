import type { ReactNode } from 'react'

/** The motif of the house: label, dotted leader, value. The same on a plan, a bill and a confirmation. */
export function Receipt({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <dl aria-label={label} className="text-[0.9375rem]">
      {children}
    </dl>
  )
}

export function ReceiptRow({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline-last gap-x-1.5 py-1.5">
      <dt className="leader flex-1 text-ink-2">{label}</dt>
      <dd className="wrap-anywhere ml-auto text-right text-ink">{children}</dd>
    </div>
  )
}

export function ReceiptTotal({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="mt-2 flex flex-wrap items-baseline justify-between gap-x-4 border-ink border-t pt-3 font-semibold">
      <dt>{label}</dt>
      <dd className="display ml-auto text-xl">{children}</dd>
    </div>
  )
}
