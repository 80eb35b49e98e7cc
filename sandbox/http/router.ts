import type { Endpoint } from './endpoint'

interface Match {
  endpoint: Endpoint
  ids: string[]
}

/** Finds the endpoint for a method and path. A literal segment wins over a variable one. */
export function createRouter(
  endpoints: readonly Endpoint[],
): (method: string, path: string) => Match | null {
  const routes = endpoints
    .map((endpoint) => ({ endpoint, segments: endpoint.path.split('/') }))
    .sort((a, b) => variables(a.segments) - variables(b.segments))
  return (method, path) => {
    const given = path.split('/').map(decode)
    for (const { endpoint, segments } of routes) {
      if (endpoint.method !== method || segments.length !== given.length) continue
      const matches = segments.every(
        (segment, i) => segment.startsWith(':') || segment === given[i],
      )
      if (matches) return { endpoint, ids: given.filter((_, i) => segments[i]?.startsWith(':')) }
    }
    return null
  }
}

function variables(segments: string[]): number {
  return segments.filter((segment) => segment.startsWith(':')).length
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
