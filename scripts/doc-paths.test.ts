import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PRICE_VARIABLES } from '@/lib/env-prices'
import { projectFiles } from './project-files'
import { ROOT } from './stack/paths'

const documents = [
  ...[
    'README.md',
    'AGENTS.md',
    'CHANGELOG.md',
    'UPGRADING.md',
    'STYLE.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
  ],
  ...['sandbox/README.md', 'db/functions/README.md', 'db/schema/README.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
]

describe.each(documents)('%s', (document) => {
  const text = read(document)

  it('names only files and folders that exist', () => {
    const named = [...pathsInCode(text), ...pathsInLinks(text, document)]
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('names no file by its name alone that is nowhere', () => {
    const spans = [...withoutFences(text).matchAll(/`([\w.-]+\.(?:tsx?|sql|css)|[\w-]+\/)`/g)]
    const named = spans.map(([, span = '']) => span).filter((span) => !EXAMPLES.includes(span))
    expect(named.filter((span) => !NAMES.has(span))).toEqual([])
  })

  it('links only to headings that exist', () => {
    const links = [...withoutFences(text).matchAll(/\]\((?![a-z]+:)([^)\s#]*)#([^)\s]+)\)/g)]
    const missing = links.filter(([, path = '', heading = '']) => {
      const target = path === '' ? document : join(dirname(document), path)
      return !headingsOf(target).includes(heading)
    })
    expect(missing.map(([link]) => link)).toEqual([])
  })

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const named = [...text.matchAll(/npm run ([a-z\d:]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })

  it('has tables whose rows have as many columns as their heads', () => {
    for (const table of withoutFences(text).match(/(?:^\|.*\n?)+/gm) ?? []) {
      const columns = table
        .trim()
        .split('\n')
        .map((row) => row.replace(/\\\||`[^`]*`/g, '').split('|').length)
      expect(new Set(columns).size, table.slice(0, 200)).toBe(1)
    }
  })
})

// What a program writes into these is looked up, and not read from its beginning to its end.
const LOOKED_UP = ['db/schema/README.md', 'sandbox/README.md']

it.each(documents.filter((document) => !LOOKED_UP.includes(document)))(
  '%s can be read in one sitting',
  (document) => {
    expect(read(document).split('\n').length).toBeLessThanOrEqual(200)
  },
)

it('the index of the decisions lists each of them, under its own title', () => {
  const folder = join(ROOT, 'docs/decisions')
  const listed = readdirSync(folder)
    .filter((name) => /^\d/.test(name))
    .sort()
    .map((name) => {
      const [, number, title] = /^# (\d+)\. (.+)\n/.exec(read(`docs/decisions/${name}`)) ?? []
      return `- ${number}. [${title}](${name})`
    })
  const index = read('docs/decisions/README.md')
  expect(index.split('\n').filter((line) => line.startsWith('- '))).toEqual(listed)
})

describe('.env.example', () => {
  const explained = names(read('.env.example'), /^# ([A-Z][A-Z0-9_]+)=/gm)

  it('explains exactly the variables that lib/env.ts reads, and of those for prices the pattern', () => {
    const known = names(read('lib/env.ts'), /^ {2}([A-Z][A-Z0-9_]+): /gm)
    expect(known.length).toBeGreaterThan(0)
    const [prices, others] = [true, false].map((ofPrices) =>
      explained.filter((name) => name.startsWith('STRIPE_PRICE_') === ofPrices),
    )
    expect(others).toEqual(known)
    expect(PRICE_VARIABLES).toEqual(expect.arrayContaining(prices ?? []))
  })

  it('sets nothing, because `npm run dev` needs nothing to be set', () => {
    const set = read('.env.example')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(set).toEqual([])
  })
})

const FOLDERS = 'app|lib|db|sandbox|e2e|scripts|tests|docs|public|\\.ci'
const IN_FOLDER = new RegExp(`^(${FOLDERS})/[\\w./@[\\]-]*$`)
const AT_ROOT = /^([A-Z]+(\.md)?|\.env\.example|[\w-]+\.config\.\w+|[a-z-]+\.json)$/
// Of each file and folder of ours its own name.
const NAMES = new Set(
  projectFiles(/./).flatMap((path) =>
    path.split('/').map((part, n, { length }) => (n < length - 1 ? `${part}/` : part)),
  ),
)
// What a reader makes, and what is not to be.
const EXAMPLES = ['x.test.ts', 'x.db.test.ts', '.db.test.ts', 'index.ts', 'export-reports.tsx']
// Words in capitals that stand in code spans and are not files.
const isFile = (word: string) => /[.]/.test(word) || word === 'LICENSE'

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

function pathsInCode(text: string): string[] {
  const spans = [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span)
  return spans.filter((span) => IN_FOLDER.test(span) || (AT_ROOT.test(span) && isFile(span)))
}

function pathsInLinks(text: string, document: string): string[] {
  const targets = [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to)
  return targets
    .filter((target) => !/^([a-z]+:|#)/.test(target))
    .map((target) => join(dirname(document), target.replace(/#.*$/, '')))
    .map((path) => relative('.', path))
}

// As GitHub makes an anchor of a heading.
function headingsOf(document: string): string[] {
  return [...withoutFences(read(document)).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}

// A fenced block is a shell session or an example, not a promise about this tree.
function withoutFences(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '')
}

function names(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name).sort()
}
