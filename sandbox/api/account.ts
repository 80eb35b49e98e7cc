import { endpoint } from '@/sandbox/http/endpoint'
import { BUSINESS_NAME } from '@/sandbox/settings'

/** The one account that there is. Nothing about it can be changed. */
export const getAccount = endpoint('GET', '/v1/account', {}, () => ({
  id: 'acct_1Sandbox00000000',
  object: 'account',
  business_type: 'company',
  charges_enabled: true,
  country: 'US',
  default_currency: 'usd',
  details_submitted: true,
  email: null,
  metadata: {},
  payouts_enabled: true,
  settings: null,
  type: 'standard',
  business_profile: {
    annual_revenue: null,
    estimated_worker_count: null,
    mcc: null,
    minority_owned_business_designation: null,
    name: BUSINESS_NAME,
    product_description: null,
    specified_commercial_transactions_act_url: null,
    support_address: null,
    support_email: null,
    support_phone: null,
    support_url: null,
    url: null,
  },
}))
