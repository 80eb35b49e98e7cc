import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { text } from '@/sandbox/http/rules'
import { idOf, optionalId } from '@/sandbox/ids'

const WARNINGS = '/v1/radar/early_fraud_warnings'

export const getEarlyFraudWarning = endpoint('GET', `${WARNINGS}/:id`, {}, ({ tx, id }) =>
  tx.get('radar.early_fraud_warning', id),
)

export const listEarlyFraudWarnings = endpoint(
  'GET',
  WARNINGS,
  { ...paging, charge: text(), created: range(), payment_intent: text() },
  ({ tx, params }) =>
    page(
      tx.all('radar.early_fraud_warning'),
      params,
      WARNINGS,
      (row) =>
        (params.charge === undefined || idOf(row.charge) === params.charge) &&
        (params.payment_intent === undefined ||
          optionalId(row.payment_intent) === params.payment_intent) &&
        within(row.created, params.created),
    ),
)
