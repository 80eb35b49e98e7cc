import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'
import { code, markdownTable } from './markdown-table'

/** docs/reference/commands.md: every npm script, what it does, and the options of its file. */
export function commandsPage(): string {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
  const said = saidOf(read('README.md'))
  return `# Commands

Every \`npm run …\`, with the options that its file reads; they stand after \`--\`, as in \`npm run doctor -- --json\`. [The README](../../README.md#commands) says which you need on the first day.

${markdownTable(
  ['command', 'what it does', 'options', 'file'],
  Object.entries(scripts).map(([name, command]) => {
    const file = fileOf(command)
    return [
      code(nameOf(name)),
      said.get(name) ?? '',
      file ? optionsOf(file).map(code).join(', ') : '',
      code(file ?? command),
    ]
  }),
)}
`
}

/** The scripts of package.json that the README says nothing of. */
export function unsaid(): string[] {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
  const said = saidOf(read('README.md'))
  return Object.keys(scripts).filter((name) => !said.has(name))
}

function nameOf(script: string): string {
  return ['test', 'start'].includes(script) ? `npm ${script}` : `npm run ${script}`
}

function saidOf(readme: string): Map<string, string> {
  const rows = readme.matchAll(/^\| (`npm [^|]+) \| ([^|]+) \|$/gm)
  return new Map(
    [...rows].flatMap(([, names = '', what = '']) =>
      [...names.matchAll(/`npm (?:run )?([\w:]+)`/g)].map(([, name = '']): [string, string] => [
        name,
        // Its links lead from the root.
        what.trim().replace(/\]\((?![a-z]+:|#)/g, '](../../'),
      ]),
    ),
  )
}

function fileOf(command: string): string | null {
  const [file = ''] = command.match(/[\w./-]+\.ts$/) ?? []
  return file !== '' && existsSync(join(ROOT, file)) ? file : null
}

// What is given to parseArgs of Node, in the file itself or in the one beside it that reads the options.
function optionsOf(file: string): string[] {
  const beside = [file, file.replace(/(main)?\.ts$/, '/options.ts').replace('//', '/')]
  const texts = beside.filter((path) => existsSync(join(ROOT, path))).map(read)
  const found = texts.flatMap((text) =>
    [...text.matchAll(/'?\b([a-z][a-z-]*)'?: \{ type: '(?:string|boolean)'/g)].map(
      ([, name = '']) => `--${name}`,
    ),
  )
  return [...new Set(found)]
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}
