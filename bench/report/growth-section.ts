import type { GrowthFigures } from '@/bench/growth/measure'
import { table } from './table'

/** The section of what a million events add to each table. */
export function growthSection({
  customers,
  months,
  events,
  mb_per_million,
}: GrowthFigures): string {
  const rows = Object.entries(mb_per_million).map(([name, each]) => [
    `\`${name}\``,
    `${each.kept}`,
    `${each.after_90_days}`,
  ])
  const sum = (name: 'kept' | 'after_90_days') =>
    Math.round(Object.values(mb_per_million).reduce((all, each) => all + each[name], 0))
  return [
    '## What a million events add',
    `In megabytes, with indexes and long values. Measured by \`npm run bench -- --growth\`: ${customers} customers of the sandbox who each pay by the month, for ${months} months; each of the ${events.toLocaleString('en')} events that our endpoint takes was delivered as Stripe would, every customer read, every email written and sent, and the trail anchored once a month. What was left of their coming before the first renewal is taken off, each table is counted after \`vacuum full\`, and the difference is multiplied to a million events. The right column is the same database when all of it is 91 days older and \`/api/cron/prune\` has run.`,
    table(
      ['table', 'at first', 'after 90 days'],
      [...rows, ['all', `${sum('kept')}`, `${sum('after_90_days')}`]],
    ),
  ].join('\n\n')
}
