import { type Child, html } from '@/sandbox/pages/html'
import { documentHtml } from './document'

/** A page that says one thing and shows one way on. */
export type Leaf = {
  title: string
  now: number
  text: Child
  way?: { href: string; label: string } | null
  done?: boolean
}

/** Writes a page of one message: paid already, expired, not found, done. */
export function leafPage({ title, now, text, way, done = false }: Leaf): string {
  return documentHtml({
    title,
    now,
    body: html`<main class="leaf">
${done && html`<div class="mark ok"></div>`}
<h1>${title}</h1>
<p class="quiet">${text}</p>
${way && html`<p><a class="button" href="${way.href}">${way.label}</a></p>`}
</main>`,
  })
}
