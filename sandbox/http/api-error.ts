import type { Kind } from '@/sandbox/store/records'

export interface ErrorBody {
  type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error'
  message: string
  code?: string | undefined
  param?: string | undefined
  decline_code?: string | undefined
  advice_code?: string | undefined
  network_decline_code?: string | undefined
  doc_url?: string | undefined
  charge?: string | undefined
  payment_intent?: unknown
  setup_intent?: unknown
}

/** A refusal in Stripe's form: an HTTP status and the `error` object of the body. */
export class ApiError extends Error {
  readonly code: string | undefined
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    /** Whether what was done before the refusal stays done, as a failed charge does. */
    readonly keepsEffects = false,
  ) {
    super(body.message)
    this.name = 'ApiError'
    this.code = body.code
  }

  /** A request that does not make sense. */
  static invalid(message: string, param?: string, code?: string): ApiError {
    return new ApiError(400, {
      type: 'invalid_request_error',
      message,
      param,
      code,
      doc_url: docs(code),
    })
  }

  /** The path names something that does not exist: 404. */
  static missing(kind: Kind, id: string): ApiError {
    return ApiError.noSuch(404, kind, id, NAMED[kind] ?? 'id')
  }

  /** A parameter names something that does not exist: 400. */
  static unknownReference(kind: Kind, id: string, param: string): ApiError {
    return ApiError.noSuch(400, kind, id, param)
  }

  private static noSuch(status: number, kind: Kind, id: string, param: string): ApiError {
    const code = 'resource_missing'
    const message = `No such ${NOUNS[kind] ?? kind}: '${id}'`
    return new ApiError(status, {
      type: 'invalid_request_error',
      message,
      param,
      code,
      doc_url: docs(code),
    })
  }
}

// Stripe names these differently in sentences than in `object`.
// What is missing from a path is called `id`, but for these.
const NAMED: Partial<Record<Kind, string>> = {
  payment_intent: 'intent',
  payment_method: 'payment_method',
  setup_intent: 'intent',
}

const NOUNS: Partial<Record<Kind, string>> = {
  payment_method: 'PaymentMethod',
  'billing_portal.configuration': 'configuration',
  'test_helpers.test_clock': 'test clock',
}

function docs(code: string | undefined): string | undefined {
  return code && `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`
}
