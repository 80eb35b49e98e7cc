import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'
import { type Address, addresses } from './addresses'
import { docstringBefore, firstSentence } from './comment-above'
import { code, markdownTable } from './markdown-table'

/** docs/reference/routes.md: every address, its methods, and who may reach it. */
export function routesPage(): string {
  const all = addresses().map((address) => ({ ...address, text: read(address.file) }))
  const rows = (kind: Address['kind']) => all.filter((each) => each.kind === kind)
  return `# Addresses

Every page and every route, with who reaches it, as the code asks. All others are led to the sign-in by a page, answered 404 by the console and the development pages, and refused with a status by a route.

## Pages

${markdownTable(
  ['address', 'what', 'who'],
  rows('page').map(({ path, file, text }) => [
    code(path),
    titleOf(text, path),
    whoReaches(file, text),
  ]),
)}

## Routes

${markdownTable(
  ['address', 'methods', 'what', 'who'],
  rows('route').map(({ path, file, text }) => [
    code(path),
    methodsOf(text).join(', '),
    firstSentence(docstringOf(text)),
    whoReaches(file, text),
  ]),
)}

Forms post to the page that they are on, as server actions. Each checks, in this order, the session, the origin, the rate and the input: \`app/action.ts\`. What a refusal says is in [errors and refusals](errors.md).
`
}

/** Who reaches what this file serves: the first of the ways of asking that stands in it. */
export function whoReaches(file: string, text: string): string {
  const [, who] = ASKED.find(([asks]) => asks.test(text)) ?? []
  return who ?? BY_ITSELF[file] ?? 'everyone'
}

// From the most particular to the least: a page of the console asks for a user as well.
const ASKED: readonly [RegExp, string][] = [
  [/console(Page|File)\(/, 'operators'],
  [/requireDevTools\(\)|!env\(\)\.devTools/, 'everyone, beside a sandbox, outside of production'],
  [/appEnv !== 'development'/, 'everyone, in development'],
  [/cronRoute\(/, 'who has `CRON_SECRET`'],
  [/answerMetrics\(/, 'who has `METRICS_TOKEN`'],
  [/keyRoute\(/, 'an API key of a plan with `api_access`'],
  [/callerRoute\(/, 'signed in, or with an API key'],
  [/gatedRoute\(/, 'signed in, with a plan that has the feature'],
  [/if \(!viewer\)|requireUser\(\)|\baction\(/, 'signed in'],
]

// What asks nothing of a session, because what comes with the request proves itself.
const BY_ITSELF: Readonly<Record<string, string>> = {
  'app/api/webhooks/stripe/route.ts': 'Stripe, by its signature',
  'app/api/emails/unsubscribe/route.ts': 'who has the link of an email',
  'app/emails/unsubscribe/page.tsx': 'who has the link of an email',
  'app/setup/page.tsx': 'everyone, until a deployment has its first operator',
  'app/sign-in/link/page.tsx': 'who has the link of a sign-in email',
}

const METHODS = /^export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b/gm

function methodsOf(text: string): string[] {
  const named = [...text.matchAll(METHODS)].map(([, method = '']) => method)
  const together = /^export const \{ (.*) \}/m.exec(text)?.[1]?.match(/[A-Z]{3,}/g) ?? []
  return [...named, ...together].toSorted()
}

function docstringOf(text: string): string {
  const [first] = [...text.matchAll(/^export (?:const|async function|function) (?:[A-Z{])/gm)]
  return docstringBefore(text, first?.index ?? 0)
}

function titleOf(text: string, path: string): string {
  const title = /\btitle: '([^']+)'|consoleMetadata\('([^']+)'\)/.exec(text)
  if (title) return title[1] ?? title[2] ?? ''
  return path === '/' ? 'Home' : 'Sign in'
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}
