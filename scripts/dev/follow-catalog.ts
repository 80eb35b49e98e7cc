import { readdirSync, readFileSync, watch } from 'node:fs'
import { join } from 'node:path'

type Following = {
  /** The folder whose files are the catalog. */
  folder: string
  /** Brings the catalog, as its files say it now, to the local Stripe. */
  push: () => Promise<void>
  say: (line: string) => void
}

/**
 * Pushes the catalog to the local Stripe whenever one of its files is saved with another text: a plan that the
 * pages show at once can be bought at once. A file that does not compile yet is said, and the next save tried.
 * Returns what ends it.
 */
export function followCatalog({ folder, push, say }: Following): () => void {
  let known = textOf(folder)
  let last = Promise.resolve()
  let pause: NodeJS.Timeout | undefined
  // An editor saves in several steps: empties the file, writes it, renames it.
  const watcher = watch(folder, () => {
    clearTimeout(pause)
    pause = setTimeout(() => {
      last = last.then(bringOver)
    }, SAVED_AFTER_MS)
  })
  return () => {
    clearTimeout(pause)
    watcher.close()
  }

  async function bringOver(): Promise<void> {
    const text = textOf(folder)
    if (text === known) return
    known = text
    await push().then(
      () => say('✓ The local Stripe has the catalog that you saved.'),
      (error: unknown) => say(`✗ ${error instanceof Error ? error.message : error}`),
    )
  }
}

const SAVED_AFTER_MS = 200

function textOf(folder: string): string {
  const files = readdirSync(folder).filter((name) => /(?<!\.(test|fixture))\.ts$/.test(name))
  return files.map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`).join('\n')
}
