import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { type Change, openJournal } from './journal'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'journal-'))
})

function text(...change: Change): string {
  return JSON.stringify(change)
}

function read(): Change[][] {
  const found: Change[][] = []
  openJournal(dir, (changes) => found.push(changes)).close()
  return found
}

test('a transaction that was torn by a crash is forgotten, and the next ones are kept', () => {
  const journal = openJournal(dir, () => undefined)
  journal.append([text('customer', 'cus_1', { name: 'é' })])
  journal.close()
  appendFileSync(join(dir, 'journal.jsonl'), '[["customer","cus_2",{"na')
  const again = openJournal(dir, () => undefined)
  again.append([text('customer', 'cus_3', null)])
  again.close()
  expect(read()).toEqual([[['customer', 'cus_1', { name: 'é' }]], [['customer', 'cus_3', null]]])
})

test('compacting leaves one line, and its size is what is on disk', () => {
  const journal = openJournal(dir, () => undefined)
  for (let i = 0; i < 10; i += 1)
    journal.append([text('customer', 'cus_1', { name: 'é'.repeat(i) })])
  journal.compact([text('customer', 'cus_1', { name: 'last' })])
  journal.append([text('customer', 'cus_2', {})])
  expect(journal.size()).toBe(readFileSync(join(dir, 'journal.jsonl')).length)
  journal.close()
  expect(read()).toHaveLength(2)
})

test('what is large is compacted into several lines, and read back whole across all of them', () => {
  const journal = openJournal(dir, () => undefined)
  const names = Array.from({ length: 5 }, (_, nth) => `${nth}${'é'.repeat(700_000)}`)
  journal.compact(names.map((name, nth) => text('customer', `cus_${nth}`, { name })))
  expect(journal.size()).toBe(statSync(join(dir, 'journal.jsonl')).size)
  journal.close()
  const lines = read()
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.flat().map(([, , record]) => record)).toEqual(names.map((name) => ({ name })))
})

test('a spoilt journal stops the start and says what to do', () => {
  writeFileSync(join(dir, 'journal.jsonl'), 'spoilt\n')
  expect(read).toThrow(/journal\.jsonl holds a line that is not JSON\. Move the file away/)
})

test('the journal holds secrets, and is for its owner only, as is the directory made for it', () => {
  const home = join(dir, 'made')
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
  mkdirSync(home, { mode: 0o755 })
  // Left by an older version, and by a crash in the middle of a rewrite.
  for (const name of ['journal.jsonl', 'journal.jsonl.next'])
    writeFileSync(join(home, name), '', { mode: 0o644 })
  const journal = openJournal(home, () => undefined)
  journal.append([text('customer', 'cus_1', {})])
  expect(mode(join(home, 'journal.jsonl'))).toBe('600')
  journal.compact([text('customer', 'cus_1', {})])
  expect(mode(join(home, 'journal.jsonl'))).toBe('600')
  journal.close()
  openJournal(join(dir, 'new'), () => undefined).close()
  expect(mode(join(dir, 'new'))).toBe('700')
})
