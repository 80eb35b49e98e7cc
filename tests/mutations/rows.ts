import type { Row } from './row'
import { ACCOUNT_ROWS } from './rows/account'
import { PLAN_ROWS } from './rows/plan'
import { REPORT_ROWS } from './rows/reports'
import { SHOP_ROWS } from './rows/shop'

/** Every mutation of a customer’s whose circumstances are played by `matrix.db.test.ts`, by its file and its name. */
export const ROWS: Record<string, Row> = {
  ...PLAN_ROWS,
  ...SHOP_ROWS,
  ...ACCOUNT_ROWS,
  ...REPORT_ROWS,
}
