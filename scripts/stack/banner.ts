import { BRAND } from '@/lib/brand'
import type { Part } from './part'

/** What a person sees when everything is up: what runs, where to go, how long it took. */
export function banner(facts: {
  version: string
  seconds: number
  parts: Part[]
  appUrl: string
  sandboxUrl: string | null
  remarks: string[]
}): string {
  const { appUrl, sandboxUrl } = facts
  const places: [string, string][] = [
    ['App', appUrl],
    ['Pricing', `${appUrl}/pricing`],
    ['Settings', `${appUrl}/settings/billing`],
  ]
  if (sandboxUrl) places.push(['Mail', `${appUrl}/dev/mail`], ['Sandbox', sandboxUrl])
  const title = `${BRAND.name} ${facts.version}`
  return [
    '',
    `${title.padEnd(WIDTH)}ready in ${facts.seconds.toFixed(1)} s`,
    ...facts.parts.map(({ name, note }) => `✓ ${name.padEnd(COLUMN - 2)}${note}`),
    '',
    ...places.map(([name, url]) => `${name.padEnd(COLUMN)}${url}`),
    '',
    ...facts.remarks,
    'Ctrl-C stops everything. `npm run dev -- --fresh` starts over with empty data.',
    '',
  ]
    .map((line) => (line ? `  ${line}` : line))
    .join('\n')
}

const COLUMN = 11
const WIDTH = 52
