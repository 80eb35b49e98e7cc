import { defineConfig, devices } from '@playwright/test'
import { provideBrowser } from '@/scripts/browser/provide'
import { SOAK, SOAK_STORIES, WITHOUT_SOAKS } from '@/scripts/test/soaks'
import { takeOwnStack } from './stack/own'

// Found once by the process that starts the run; each worker loads this file again.
const given = process.env.E2E_BROWSER
const browser: Awaited<ReturnType<typeof provideBrowser>> = given
  ? JSON.parse(given)
  : await provideBrowser()
process.env.E2E_BROWSER = JSON.stringify(browser)

const workers = takeOwnStack()

export default defineConfig({
  testDir: '.',
  testIgnore: WITHOUT_SOAKS ? SOAK_STORIES.map((name) => `**/e2e/${name}`) : [],
  ...(WITHOUT_SOAKS ? { grepInvert: new RegExp(SOAK.tag) } : {}),
  outputDir: '../test-results',
  // A file is run by one worker, in order, on the worker's own stack.
  workers,
  // A story that passes at the second try is a bug that customers meet.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: '../.cache/playwright.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env.BASE_URL ?? 'http://localhost:3000',
    locale: 'en-US',
    timezoneId: 'UTC',
    // A trace is a third of what a story takes; `npm run test:e2e -- <file>` keeps that of one that fails.
    trace: WITHOUT_SOAKS ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: browser.executablePath,
      args: browser.args,
      env: { ...process.env, ...browser.env },
    },
  },
})
