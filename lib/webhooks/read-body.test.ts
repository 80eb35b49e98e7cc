import { describe, expect, it, vi } from 'vitest'
import { readBody } from './read-body'

const MIB = 1024 * 1024
const URL = 'https://app.example.com/api/webhooks/stripe'

// A body that counts how much of itself was taken.
function streamed(chunk: number, chunks: number, headers: Record<string, string> = {}) {
  const taken = { bytes: 0, canceled: false }
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken.bytes === chunk * chunks) return controller.close()
        taken.bytes += chunk
        controller.enqueue(new Uint8Array(chunk))
      },
      cancel() {
        taken.canceled = true
      },
    },
    { highWaterMark: 0 },
  )
  const init = { method: 'POST', body, headers, duplex: 'half' } as const
  return { request: new Request(URL, init), taken }
}

const post = (body: string | Uint8Array<ArrayBuffer>, headers = {}) =>
  new Request(URL, { method: 'POST', body, headers })

describe('the body of a delivery', () => {
  it('arrives byte for byte, because the bytes are what is signed', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
    expect(await readBody(post(bytes))).toEqual(Buffer.from(bytes))
  })

  it('may come in pieces', async () => {
    const { request } = streamed(1000, 7)
    expect(await readBody(request)).toHaveLength(7000)
  })

  it('may be missing, which is an empty one', async () => {
    expect(await readBody(new Request(URL, { method: 'POST' }))).toHaveLength(0)
  })

  it('is taken up to one MiB exactly', async () => {
    expect((await readBody(post(new Uint8Array(MIB))))?.byteLength).toBe(MIB)
    expect((await readBody(post(new Uint8Array(MIB + 1))))?.byteLength).toBeUndefined()
  })

  it.each([
    ['is not said', {}],
    ['is said to be ten bytes', { 'content-length': '10' }],
    ['is said to be nonsense', { 'content-length': 'many' }],
    ['is said to be less than nothing', { 'content-length': '-1' }],
  ])('is cut at one MiB of real bytes when its length %s', async (_, headers) => {
    const { request, taken } = streamed(64 * 1024, 1000, headers)
    expect((await readBody(request))?.byteLength).toBeUndefined()
    expect(taken).toEqual({ bytes: MIB + 64 * 1024, canceled: true })
  })

  it('is refused in words when it breaks off', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new Error('aborted')),
    })
    const request = new Request(URL, { method: 'POST', body, duplex: 'half' } as RequestInit)
    await expect(readBody(request)).rejects.toThrow('The body did not arrive whole.')
  })

  it('is waited for no longer than ten seconds', async () => {
    vi.useFakeTimers()
    const body = new ReadableStream({ pull: () => new Promise(() => {}) })
    const request = new Request(URL, { method: 'POST', body, duplex: 'half' } as RequestInit)
    const reading = expect(readBody(request)).rejects.toThrow('The body did not arrive whole.')
    await vi.advanceTimersByTimeAsync(10_000)
    await reading
    vi.useRealTimers()
  })

  it('is not even begun when it says itself that it is too long', async () => {
    const { request, taken } = streamed(1, 1, { 'content-length': `${MIB + 1}` })
    expect(await readBody(request)).toBeNull()
    expect(taken.bytes).toBe(0)
  })
})
