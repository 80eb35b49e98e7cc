import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

const Value = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string()]).optional(),
  boolValue: z.boolean().optional(),
  arrayValue: z.object({ values: z.array(z.object({ stringValue: z.string() })) }).optional(),
})
const Attributes = z.array(z.object({ key: z.string(), value: Value }))
const Batch = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              attributes: Attributes,
              status: z.object({ code: z.number().optional() }),
            }),
          ),
        }),
      ),
    }),
  ),
})

/** A span as a collector has it, with its attributes by name. */
export type Seen = {
  trace: string
  id: string
  parent: string | null
  name: string
  failed: boolean
  ids: Record<string, unknown>
}

/** A collector of this machine that speaks OTLP over HTTP, and keeps what it is sent. */
export async function startCollector() {
  const requests: { path: string; headers: Record<string, unknown>; body: string }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    requests.push({ path: `${request.url}`, headers: request.headers, body })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Safe: a server that listens on a port has one.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    spans: (): Seen[] => requests.flatMap(({ body }) => spansIn(body)),
    clear: () => requests.splice(0),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function spansIn(body: string): Seen[] {
  return Batch.parse(JSON.parse(body)).resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...{ trace: span.traceId, id: span.spanId, name: span.name },
        parent: span.parentSpanId || null,
        // 2 is ERROR (opentelemetry.io/docs/specs/otel/trace/api#set-status).
        failed: span.status.code === 2,
        ids: Object.fromEntries(span.attributes.map(({ key, value }) => [key, plain(value)])),
      })),
    ),
  )
}

function plain({ stringValue, intValue, boolValue, arrayValue }: z.infer<typeof Value>): unknown {
  return (
    stringValue ??
    boolValue ??
    arrayValue?.values.map((one) => one.stringValue) ??
    (intValue === undefined ? null : Number(intValue))
  )
}
