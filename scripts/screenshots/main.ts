import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright'
import { TOP_PLAN } from '@/lib/catalog/plans'
import { provideBrowser } from '@/scripts/browser/provide'
import { ensureBuild } from '@/scripts/e2e/build'
import { bringUp } from '@/scripts/e2e/up'
import { prove } from '@/scripts/proof/prove'
import { dataPath, ROOT } from '@/scripts/stack/paths'
import { seedDemo } from '@/scripts/stack/prepare'
import type { Stack } from '@/scripts/stack/stack'
import { SHOTS, type Shot } from './pages'

const FOLDER = join(ROOT, 'docs/images')

const LOOKS = [
  { look: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { look: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { look: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const

/**
 * `npm run screenshots [-- name…]`: draws each page of the production build in light, in dark and on a phone, into
 * `docs/images`. A name draws the pages whose names contain it.
 */
process.exit(
  await prove({
    name: 'screenshots',
    program: 'scripts/screenshots/main.ts',
    underWay: 'Screenshots are being taken',
    work: drawAll,
  }),
)

async function drawAll(stack: Stack): Promise<number> {
  const names = process.argv.slice(2)
  const shots = SHOTS.filter(
    ({ name }) => names.length === 0 || names.some((n) => name.includes(n)),
  )
  await ensureBuild()
  const { executablePath, args, env } = await provideBrowser()
  // What the last run left was made by the migrations of its day.
  rmSync(dataPath('e2e', 'screenshots'), { recursive: true, force: true })
  const own = await bringUp(stack, 'screenshots')
  await seedDemo({ ...process.env, ...own, NODE_ENV: 'production' })
  const browser = await chromium.launch({
    executablePath,
    args,
    env: { ...process.env, ...env },
  })
  if (names.length === 0) rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  try {
    for (const shot of shots) await draw(browser, `${own.BASE_URL}`, shot)
  } finally {
    await browser.close()
  }
  console.log(`${shots.length} pages are in docs/images, each in ${LOOKS.length} ways.`)
  return 0
}

async function draw(browser: Browser, baseURL: string, { name, path, as }: Shot): Promise<void> {
  for (const { look, colorScheme, viewport } of LOOKS) {
    const context = await browser.newContext({
      ...{ baseURL, colorScheme, viewport },
      ...{ locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' },
    })
    if (as) {
      const headers = { origin: baseURL }
      await context.request.post('/sign-in/demo', { form: { email: as }, headers })
    }
    const page = await context.newPage()
    await page.goto(path.replace('{top}', TOP_PLAN.tier), { waitUntil: 'networkidle' })
    const file = join(FOLDER, `${name}-${look}.jpg`)
    await page.screenshot({ path: file, type: 'jpeg', quality: 60, fullPage: true })
    await context.close()
  }
}
