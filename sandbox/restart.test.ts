import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { clientOf } from './test/world'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

/** Runs the sandbox as its own process, and resolves when it says where it is. */
function launch(dataDir: string): Promise<{ port: number; kill(): Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, '--port', '0', '--data', dataDir])
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    child.stderr.on('data', (text) => reject(new Error(String(text))))
    child.stdout.on('data', (text) => {
      const port = Number(/127\.0\.0\.1:(\d+)/.exec(String(text))?.[1])
      const kill = () => {
        child.kill('SIGKILL')
        return ended
      }
      resolve({ port, kill })
    })
  })
}

test('what was acknowledged is there after a SIGKILL', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const first = await launch(dataDir)
  const names = Array.from({ length: 50 }, (_, i) => String(i))
  const made = await Promise.all(
    names.map((name) => clientOf(first.port).customers.create({ name })),
  )
  await first.kill()
  const second = await launch(dataDir)
  const found = await clientOf(second.port).customers.list({ limit: 100 })
  expect(found.data.map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort())
  await second.kill()
}, 20_000)
