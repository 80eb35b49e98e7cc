/** Sixteen-pixel strokes, drawn here so that no icon library is shipped. Always beside a word, so always hidden. */
const PATHS = {
  check: 'M3 8.5 6.5 12 13 4.5',
  clock: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm0 2.8V8l2.2 1.6',
  alert: 'M8 2.5 14.5 13.5h-13L8 2.5Zm0 4v3.2m0 1.7v.2',
  power: 'M8 2v5M4.9 4.2a5 5 0 1 0 6.2 0',
  pause: 'M5.5 3.5v9m5-9v9',
  dash: 'M3.5 8h9',
  card: 'M2 4h12v8.5H2V4Zm0 2.8h12',
  mail: 'M2 3.5h12v9H2v-9Zm0 .8L8 9l6-4.7',
  out: 'M6 3.5H3v9h10V10M9 2.5h4.5V7m0-4.5-6 6',
  info: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm0 5.2v4m0-6.4v.2',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Zm3.3 7.8 3.2 3.2',
  down: 'm3.5 6 4.5 4.5L12.5 6',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, className = 'size-4' }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
