import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pageBytes } from '@/scripts/build/page-bytes'
import { ROOT } from '@/scripts/stack/paths'
import { type FloorTurn, floorTurn } from './measure/floor-turn'
import { cpuOf } from './measure/process-cpu'
import { median, quantile, rounded } from './measure/quantile'
import type { Scene } from './scene'

export type Timed = {
  p50_ms: number
  p99_ms: number
  p50_ratio_to_floor: number
  cpu_ratio_to_floor: number
}
export type Weighed = Timed & {
  html_bytes: number
  js_bytes: number
  js_ratio_to_empty_page: number
}

export type PageFigures = { status: Timed; pricing: Weighed; settings_billing: Weighed }

const REQUESTS = 100
const AT_ONCE = 4

/** What is asked by people and programs: how fast, with how much of our CPU, and how heavy. */
export async function measurePages(scene: Scene, rounds: number): Promise<PageFigures> {
  const cookie = `authjs.session-token=${scene.crowd.single[0]?.session}`
  const status = { path: '/api/billing/status', cookie }
  const pricing = { path: '/pricing', cookie: '' }
  const billing = { path: '/settings/billing', cookie }
  const results = new Map([status, pricing, billing].map((page) => [page, [] as Asked[]]))
  for (let round = 0; round <= rounds; round += 1) {
    console.log(round > 0 ? `pages: round ${round} of ${rounds}` : 'pages: warming up')
    const floor = await floorTurn(scene, AT_ONCE)
    for (const [page, asked] of results) {
      const one = await ask(scene, page)
      if (round > 0) asked.push({ ...one, floor })
    }
  }
  const timed = (page: Page): Timed => {
    const of = (figure: (asked: Asked) => number) =>
      rounded(median((results.get(page) ?? []).map(figure)))
    return {
      p50_ms: of(({ latencies }) => median(latencies)),
      p99_ms: of(({ latencies }) => quantile(latencies, 0.99)),
      p50_ratio_to_floor: of(({ latencies, floor }) => median(latencies) / median(floor.latencies)),
      cpu_ratio_to_floor: of(({ cpu, floor }) => cpu / floor.cpu),
    }
  }
  const weighed = (page: Page): Weighed => {
    const { all, empty } = pageBytes(join(ROOT, '.next'), page.path)
    const html_bytes = median((results.get(page) ?? []).map(({ bytes }) => bytes))
    return {
      ...timed(page),
      html_bytes,
      js_bytes: all,
      js_ratio_to_empty_page: rounded(all / empty),
    }
  }
  return { status: timed(status), pricing: weighed(pricing), settings_billing: weighed(billing) }
}

type Page = { path: string; cookie: string }
type Asked = { latencies: number[]; cpu: number; bytes: number; floor: FloorTurn }

async function ask({ ours }: Scene, { path, cookie }: Page): Promise<Omit<Asked, 'floor'>> {
  const latencies: number[] = []
  let bytes = 0
  const before = cpuOf(ours.pid)
  let left = REQUESTS
  const lines = Array.from({ length: AT_ONCE }, async () => {
    while (left-- > 0) {
      const began = performance.now()
      const response = await fetch(ours.url + path, { headers: { cookie }, redirect: 'error' })
      const body = await response.text()
      if (!response.ok) throw new Error(`${path} answered ${response.status}.`)
      latencies.push(performance.now() - began)
      bytes = gzipSync(body).length
    }
  })
  await Promise.all(lines)
  return { latencies, bytes, cpu: (cpuOf(ours.pid) - before) / REQUESTS }
}
