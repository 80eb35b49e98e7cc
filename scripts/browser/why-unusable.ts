import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { chromium } from 'playwright'
import type { BrowserLaunch } from './launch'

// A cold start on a busy machine takes seconds; a browser that hangs hangs for ever.
const BOUND_MS = 30_000

/**
 * Tries a browser: it must print its version, and draw a word (one without fonts or libraries may do
 * the first and die of the second). Returns null when it can, else why not.
 */
export async function whyUnusable(launch: BrowserLaunch, boundMs = BOUND_MS) {
  try {
    await tellVersion(launch, boundMs)
    await drawWord(launch, boundMs)
    return null
  } catch (error) {
    return firstLine(error)
  }
}

async function tellVersion({ executablePath, env }: BrowserLaunch, boundMs: number) {
  // On Windows Chrome opens a window instead of answering.
  if (process.platform === 'win32') return
  const { stdout } = await promisify(execFile)(executablePath, ['--version'], {
    env: { ...process.env, ...env },
    timeout: boundMs,
    killSignal: 'SIGKILL',
  })
  if (!/\d+\.\d+\.\d+/.test(stdout)) throw new Error('it does not print a version')
}

async function drawWord(launch: BrowserLaunch, boundMs: number) {
  const env = { ...process.env, ...launch.env }
  const browser = await chromium.launch({ ...launch, env, timeout: boundMs })
  try {
    const page = await browser.newPage()
    await page.setContent('<p>Ledgerline</p>', { timeout: boundMs })
    await page.screenshot({ timeout: boundMs })
  } finally {
    await browser.close()
  }
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n').find((line) => line.trim()) ?? 'it failed without a word'
}
