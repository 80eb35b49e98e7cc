import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectFiles } from './project-files'
import { ROOT } from './stack/paths'

// Each in the place of a word that a reader knows already from Stripe, Postgres or the web.
const PRIVATE: readonly [word: RegExp, say: string][] = [
  [/\b(somebody|nobody|whoever)\b/i, 'the customer, the operator, no one: who it is'],
  [/\b(strangers?|newcomers?)\b/i, 'an unknown customer, another user, a visitor'],
  [/(?<!place|card|account_)holder/i, 'lease owner, subscriber'],
  [/\bbooks\b/i, 'our records'],
  [/\beffects\b/i, 'outbox'],
  [/\bmanner\b|\bp_(stay|counts)\b/i, 'keepLease, countAttempt'],
  [/helpOut|workOff|\bgoOn\b/, 'drain; continue'],
  [/\b(standing|rhythm)\b/i, 'current, plan state; billing interval'],
  [/mystery/i, 'unknownPrice'],
  [/unplayed/i, 'unsupported'],
  [/magic (card|method|payment)/i, 'test payment method'],
  [/\bdoors?\b/i, 'gateway, adapter'],
  [/showcase|shopkeeper|\bweather\b/i, 'devTools, priceEdits, faultPlan'],
  [/\b(beliefs|obituary|mumble)\b/i, 'misconceptions, exitMessage, output'],
  [/random lives/i, 'random lifecycles'],
  [/\be-mails?\b/i, 'email'],
  [/\b(event|fact|replay)s?\b[^.]*\b(told|tells?)\b/i, 'report, record, emit, replay'],
  // As Stripe's API spells.
  [
    /catalogue|colour|behaviour|favour|honour|neighbour|labell|modell|travell|\bcancell(ed|ing)/i,
    'American',
  ],
  [
    /\b\w*(organ|recogn|serial|normal|initial|final|author|synchron|summar)is(e[ds]?|ing|ation)\b/i,
    'American',
  ],
  [/\b(centre|grey|licence|defence|judgement|whilst|spelt|learnt|cheque|analyse)\b/i, 'American'],
]

// The word is another's there: of the system, of React, of a law, of CSS or of a browser's attribute.
const THEIRS: readonly [file: RegExp, text: RegExp][] = [
  [/^(scripts\/postgres\/run-as|tests\/pooler\/pgbouncer)/, /nobody/gi],
  [/^app\/checkout\/continue\/submit-on-arrival/, /effects/g],
  [/./, /labelledby|labelledBy/g],
  // What a test gives in order to have it refused.
  [/^lib\/status\.test/, /cancelled/g],
]

it('what is written here uses the words that everyone knows, in American spelling', () => {
  const found = texts().flatMap((file) =>
    without(file, readFileSync(join(ROOT, file), 'utf8'))
      .split('\n')
      .flatMap((line, n) =>
        PRIVATE.filter(([word]) => word.test(line)).map(
          ([, say]) => `${file}:${n + 1} (${say}): ${line.trim().slice(0, 100)}`,
        ),
      ),
  )
  expect(found).toEqual([])
})

it('no file is named in a word of our own', () => {
  const names = texts().filter((file) =>
    PRIVATE.some(([word]) => word.test(file.replaceAll(/[-/.]/g, ' '))),
  )
  expect(names).toEqual([])
})

function texts(): string[] {
  const atRoot = ['README', 'AGENTS', 'CHANGELOG', 'CONTRIBUTING', 'SECURITY', 'STYLE', 'UPGRADING']
    .map((name) => `${name}.md`)
    .concat('.env.example', 'biome.json', 'proxy.ts', 'instrumentation.ts')
    .filter((file) => existsSync(join(ROOT, file)))
  return [...projectFiles(/\.(tsx?|md|sql|css)$/), ...atRoot].filter(
    (file) => !/^db\/migrations|words\.test\.ts$/.test(file),
  )
}

function without(file: string, text: string): string {
  return THEIRS.filter(([of]) => of.test(file)).reduce(
    (left, [, word]) => left.replace(word, ''),
    text,
  )
}
