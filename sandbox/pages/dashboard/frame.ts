import { documentHtml } from '@/sandbox/pages/document/document'
import { type Child, html } from '@/sandbox/pages/html'

const AREAS = [
  { name: 'Customers', path: '/dashboard' },
  { name: 'Events', path: '/dashboard/events' },
  { name: 'Chaos', path: '/dashboard/chaos' },
  { name: 'Settings', path: '/dashboard/settings' },
] as const

export type Area = (typeof AREAS)[number]['name']

interface Framed {
  title: string
  here: Area
  now: number
  /** What was just done, in words. */
  done?: Child
  body: Child
}

/** A page of the dashboard: where one is above, what was just done, and the page itself. */
export function dashboardPage({ title, here, now, done, body }: Framed): string {
  return documentHtml({
    title: `${title} · Sandbox`,
    now,
    body: html`<nav class="bar" aria-label="Dashboard"><div><strong>Sandbox dashboard</strong>
<span class="segments">${AREAS.map(({ name, path }) =>
      name === here
        ? html`<a href="${path}" aria-current="page">${name}</a>`
        : html`<a href="${path}">${name}</a>`,
    )}</span></div></nav>
<main class="portal dashboard">${done && html`<p class="message ok" role="status">${done}</p>`}
${body}</main>`,
  })
}
