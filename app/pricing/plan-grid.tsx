import type { ReactNode } from 'react'

/**
 * Puts two to five plans side by side, in rows that are full or centered. The number in a row depends
 * on the room measured in text size, so that large text gets fewer and wider columns.
 */
export function PlanGrid({ count, children }: { count: number; children: ReactNode }) {
  return (
    <div className="@container">
      <div className={`grid grid-cols-1 gap-5 ${COLUMNS[count] ?? MANY}`}>{children}</div>
    </div>
  )
}

// Five do not fit into a row: three, and two under their middle. Whole names, or Tailwind finds none.
const COLUMNS: Record<number, string> = {
  2: '@xl:grid-cols-2 @xl:mx-auto @xl:max-w-[47.5rem]',
  3: '@[60rem]:grid-cols-3',
  4: '@xl:grid-cols-2 @[66rem]:grid-cols-4 @[66rem]:gap-3',
  5: '@xl:grid-cols-2 @xl:@max-[60rem]:*:last:col-span-2 @[60rem]:grid-cols-6 @[60rem]:*:col-span-2 @[60rem]:*:nth-4:col-start-2',
}
const MANY = '@xl:grid-cols-2 @[60rem]:grid-cols-3'
