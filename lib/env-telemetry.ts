/** Where spans go, and what opens it; OpenTelemetry's own variables, so that what a vendor says can be copied. */
export type Telemetry = { tracesUrl: string; headers: Record<string, string> }

/** `name=value,name=value`, with percent-encoded values; vendors write spaces as they are, too. */
export const OTLP_HEADERS = /^[\w-]+=[^,\r\n]+(,\s*[\w-]+=[^,\r\n]+)*$/

/** Null: no endpoint is set, and nothing is recorded. */
export function telemetryOf(
  endpoint: string | undefined,
  headers: string | undefined,
): Telemetry | null {
  if (!endpoint) return null
  const pairs = (headers ?? '').split(',').flatMap((pair) => {
    const [name = '', ...value] = pair.trim().split('=')
    return name ? [[name, decoded(value.join('='))] as const] : []
  })
  // opentelemetry.io/docs/specs/otel/protocol/exporter: each signal has its path below the endpoint.
  const tracesUrl = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  return { tracesUrl, headers: Object.fromEntries(pairs) }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
