import { expect, it } from 'vitest'
import { parseEnv } from './env'
import { GOOD, PRODUCTION, problemsOf } from './env.fixture'

const ENDPOINT = 'https://otlp.example.com/otlp/'

it('without an endpoint nothing is recorded, whatever else is said', () => {
  expect(parseEnv(GOOD).telemetry).toBeNull()
  expect(parseEnv({ ...GOOD, OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=f00' }).telemetry).toBeNull()
})

it('an endpoint gets the path of traces, and its headers as a vendor writes them', () => {
  const given = {
    OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT,
    OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20YWRhOmI=, x-auth=sentry sentry_key=f00',
  }
  expect(parseEnv({ ...GOOD, ...given }).telemetry).toEqual({
    tracesUrl: 'https://otlp.example.com/otlp/v1/traces',
    headers: { Authorization: 'Basic YWRhOmI=', 'x-auth': 'sentry sentry_key=f00' },
  })
})

it.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'otlp.example.com:4318' }, 'is missing or not a URL'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'grpc://otlp.example.com' }, 'is missing or not a URL'],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'Bearer f00' }, 'does not look right'],
  [
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otlp.example.com',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=f00',
    },
    'could be read on the way',
  ],
])('%j stops the start, and its value is not repeated', (given, says) => {
  const [problem = '', ...others] = problemsOf({ ...PRODUCTION, ...given })
  expect(others).toEqual([])
  expect(problem).toContain(says)
  expect(problem).not.toMatch(/f00|example\.com/)
})

it('a collector of the own network may be asked in the clear', () => {
  const given = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=f00',
  }
  expect(problemsOf({ ...PRODUCTION, ...given })).toEqual([])
})
