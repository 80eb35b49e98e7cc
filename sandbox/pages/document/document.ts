import { longDate } from '@/sandbox/pages/dates'
import { type Child, type Html, html } from '@/sandbox/pages/html'
import { SCRIPT } from './script'
import { STYLE } from './style'

/** What every page of the sandbox has: a title, the day by the sandbox's clock, and what stands in the middle. */
export type Page = { title: string; now: number; body: Child }

/** Writes a whole document. The banner that no money moves is on every page and stays in sight. */
export function documentHtml({ title, now, body }: Page): string {
  const page: Html = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="${ICON}">
<style>${STYLE}</style>
</head>
<body>
<header class="notice"><p><strong>Sandbox: no money moves.</strong> <span class="notice-clock">Today here is ${longDate(now)}.</span></p></header>
${body}
<script>${SCRIPT}</script>
</body>
</html>
`
  return page.text
}

// A sand-colored square with the rake's three lines; a data URL so that a page is one request.
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#e8cf96"/><path d="M3 5h10M3 8h10M3 11h10" stroke="#3d3220" stroke-width="1.4" stroke-linecap="round"/></svg>',
)}`
