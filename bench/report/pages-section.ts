import type { PageFigures, Timed, Weighed } from '@/bench/pages'
import { table } from './table'

/** What people and programs ask for. `how`: on what it was taken. */
export function pagesSection(figures: PageFigures, how: string): string {
  const rows = Object.entries(PAGES).map(([key, path]) => {
    // Safe: the keys of PAGES are those of the figures.
    const page: Timed & Partial<Weighed> = figures[key as keyof PageFigures]
    return [
      path,
      ...[page.cpu_ratio_to_floor, page.p50_ratio_to_floor, page.p50_ms, page.p99_ms].map(String),
      ...[page.html_bytes, page.js_bytes, page.js_ratio_to_empty_page].map((n) => `${n ?? '–'}`),
    ]
  })
  return [
    '## The pages',
    'Asked for four at a time: `/pricing` by a visitor, the others by a customer who is signed in. CPU and time are multiples of what the floor takes for one event, four at a time in the same round. Bytes are as they travel, with gzip; the empty page is one of the same build.',
    how,
    table(
      [
        ...['page', 'CPU × floor', 'p50 × floor', 'p50 ms', 'p99 ms', 'HTML bytes'],
        ...['JavaScript bytes', 'JavaScript × an empty page'],
      ],
      rows,
    ),
  ].join('\n\n')
}

const PAGES: Record<keyof PageFigures, string> = {
  status: '`/api/billing/status`',
  pricing: '`/pricing`',
  settings_billing: '`/settings/billing`',
}
