import { readdirSync, readFileSync } from 'node:fs'

/** The files of the app in which a button is tied to a verb; the console's ask for an operator instead. */
export function actionFiles(): string[] {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|^console\/|^action\.ts$/.test(file))
    .map((file) => `app/${file}`)
    .filter((file) =>
      /from '@\/app\/(action|access\/gated-action)'/.test(readFileSync(file, 'utf8')),
    )
}

/** What of `lib/` the actions of a file name: their verbs, and where those stand. */
export function verbsOf(source: string): { from: string; verb: string }[] {
  const imports = [
    ...source.matchAll(/import (?!type)\{([^}]+)\} from '(@\/lib\/[\w-]+\/[\w-]+)'/g),
  ]
  const named = imports.flatMap(([, names = '', from = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((verb) => ({ from, verb })),
  )
  const calls = callsOf(source)
  return named.filter(({ verb }) => calls.some((call) => new RegExp(`\\b${verb}\\b`).test(call)))
}

// The text of each `action(…)` and `gatedAction(…)`, to its closing parenthesis.
function callsOf(source: string): string[] {
  return [...source.matchAll(/\b(?:action|gatedAction)\(/g)].map(({ index, 0: begun }) => {
    let depth = 1
    let at = index + begun.length
    for (; depth > 0 && at < source.length; at += 1) {
      if (source[at] === '(') depth += 1
      if (source[at] === ')') depth -= 1
    }
    return source.slice(index, at)
  })
}
