import { ApiError } from '@/sandbox/http/api-error'

/** The body of a request to the controls, as an object. Throws ApiError 400 when it is not JSON. */
export function parseJson(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body))
  } catch {
    throw ApiError.invalid('The body is not JSON.')
  }
}
