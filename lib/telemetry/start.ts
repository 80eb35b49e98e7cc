import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { BRAND } from '@/lib/brand'
import type { Env } from '@/lib/env'
import { recordWith } from '@/lib/span'
import { spanRecorder } from './recorder'

/**
 * Begins to send spans to the collector of the environment. Loaded only where there is one: its packages
 * take time to read.
 * @returns what ends it, after all of it is sent
 */
export function startTelemetry({ telemetry, appEnv }: Facts): () => Promise<void> {
  const exporter = new OTLPTraceExporter({
    url: telemetry.tracesUrl,
    headers: telemetry.headers,
    timeoutMillis: PATIENCE_MS,
  })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': BRAND.stripe.app,
      'deployment.environment.name': appEnv,
    }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const flush = () => provider.forceFlush()
  recordWith(spanRecorder(provider.getTracer(BRAND.stripe.app), flush))
  return async () => {
    recordWith(undefined)
    await provider.shutdown()
  }
}

type Facts = Pick<Env, 'appEnv'> & { telemetry: NonNullable<Env['telemetry']> }

// Milliseconds. What waits for it comes after the answer, in a function that has a limit.
const PATIENCE_MS = 3_000
