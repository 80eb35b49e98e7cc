import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'

/** llms.txt at the root: what a program that reads this repository should read, from the index of the documents. */
export function llmsPage(): string {
  const index = readFileSync(join(ROOT, 'docs/README.md'), 'utf8')
  const sections = index.split(/^## /m).slice(1).map(sectionOf)
  return `# Ledgerline

> Stripe subscriptions that stay true: a Next.js application to start a paid product from, with a pricing page, sign-in, Checkout, a billing page, a webhook, a console for operators and an audit trail. An event is a signal: Stripe is read again, and state is never taken from a payload.

It runs with \`npm ci && npm run dev\`, without an account. Read AGENTS.md before you change anything. \`npm run --silent mcp\` answers questions about a running installation, and changes nothing.

${sections.join('\n\n')}
`
}

function sectionOf(section: string): string {
  const [heading = '', ...lines] = section.split('\n')
  const links = [...lines.join('\n').matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)]
  const listed = links
    .filter(([, , path = '']) => !/^([a-z]+:|#)/.test(path))
    .map(([, text, path = '']) => `- [${text}](${join('docs', path).replaceAll('\\', '/')})`)
  return [`## ${heading}`, '', ...new Set(listed)].join('\n')
}
