import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from '@/lib/env'
import { ALIASES } from '@/lib/env-aliases'
import { EnvironmentError } from '@/lib/env-error'
import { ROOT } from '@/scripts/stack/paths'
import { firstSentence } from './comment-above'
import { code, markdownTable } from './markdown-table'

/** docs/reference/variables.md: what the server reads from its environment. */
export function variablesPage(): string {
  const needed = neededVariables()
  const secret = secretVariables()
  return `# Variables

What the server reads from its environment, once, when it starts: \`lib/env.ts\`. What is missing or wrong is listed together, and stops the start. \`npm run dev\` needs none of them. \`.env.example\` says more of each; [rotate every secret](../how-to/rotate-every-secret.md) how old and new overlap.

${markdownTable(
  ['variable', 'what it is', 'needed', 'secret', 'left out', 'also understood'],
  explained().map(({ name, what, leftOut }) => [
    code(name),
    what,
    needed.includes(name) ? 'yes' : '',
    secret.includes(name) ? 'yes' : '',
    leftOut,
    (ALIASES[name] ?? []).map(code).join(', '),
  ]),
)}

\`APP_URL\` is filled in on Vercel, and \`npm run dev\` brings the rest of what is needed. In production the start also asks for \`EMAIL_FROM\` beside \`EMAIL_SERVER\`, and [the doctor](doctor.md) for what no start can know.
`
}

/** The variables that a server cannot start without, by what it says when it has none. */
function neededVariables(): string[] {
  try {
    parseEnv({})
    return []
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error
    return error.problems.flatMap((line) => /^([A-Z_]+) is missing/.exec(line)?.[1] ?? [])
  }
}

/** The variables that no other person may see: by their own kind, or because an address holds a password. */
export function secretVariables(): string[] {
  const schema = read('lib/env.ts')
  const own = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+): (?:secret|aesKey)\(/gm)].map(
    ([, name = '']) => name,
  )
  // Stripe's publishable key is checked as a secret is, and stands in every page.
  return [...own.filter((name) => !name.startsWith('NEXT_PUBLIC_')), ...HOLD_A_PASSWORD].toSorted()
}

const HOLD_A_PASSWORD = ['DATABASE_URL', 'DIRECT_DATABASE_URL', 'EMAIL_SERVER']

type Explained = { name: string; what: string; leftOut: string }

// A comment explains the variables that follow it, one or several.
function explained(): Explained[] {
  return read('.env.example')
    .split(/\n\s*\n/)
    .flatMap((block) => {
      const lines = block.split('\n').map((line) => line.replace(/^# ?/, ''))
      const names = lines.flatMap((line) => /^([A-Z][A-Z0-9_]+)=/.exec(line)?.[1] ?? [])
      const words = lines.filter((line) => !/^[A-Z][A-Z0-9_]+=/.test(line)).join(' ')
      const [, leftOut = ''] = /Left out: ([^.;]+)/.exec(words) ?? []
      return names.map((name) => ({ name, what: firstSentence(words), leftOut }))
    })
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}
