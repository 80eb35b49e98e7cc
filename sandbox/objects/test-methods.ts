// The ready-made payment methods of Stripe's testing guide, which tests attach without a form.
const BY_TEST_ID: Record<string, string> = {
  pm_card_visa: '4242424242424242',
  pm_card_visa_debit: '4000056655665556',
  pm_card_mastercard: '5555555555554444',
  pm_card_mastercard_debit: '5200828282828210',
  pm_card_mastercard_prepaid: '5105105105105100',
  pm_card_amex: '378282246310005',
  pm_card_discover: '6011111111111117',
  pm_card_diners: '3056930009020004',
  pm_card_jcb: '3566002020360505',
  pm_card_unionpay: '6200000000000005',
  pm_card_visa_cartesBancaires: '4000002500001001',
  pm_card_mastercard_cartesBancaires: '5555552500001001',
  pm_card_us: '4242424242424242',

  pm_card_visa_chargeDeclined: '4000000000000002',
  pm_card_visa_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_visa_chargeDeclinedLostCard: '4000000000009987',
  pm_card_visa_chargeDeclinedStolenCard: '4000000000009979',
  pm_card_visa_chargeDeclinedVelocityLimitExceeded: '4000000000006975',
  pm_card_chargeDeclined: '4000000000000002',
  pm_card_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_chargeDeclinedExpiredCard: '4000000000000069',
  pm_card_chargeDeclinedIncorrectCvc: '4000000000000127',
  pm_card_chargeDeclinedProcessingError: '4000000000000119',
  pm_card_chargeCustomerFail: '4000000000000341',

  pm_card_radarBlock: '4100000000000019',
  pm_card_riskLevelHighest: '4000000000004954',
  pm_card_riskLevelElevated: '4000000000009235',
  pm_card_cvcCheckFail: '4000000000000101',
  pm_card_avsZipFail: '4000000000000036',
  pm_card_cvcCheckFailElevatedRisk: '4000058400307872',
  pm_card_avsZipFailElevatedRisk: '4000058400306072',
  pm_card_avsLine1Fail: '4000000000000028',
  pm_card_avsFail: '4000000000000010',
  pm_card_avsUnchecked: '4000000000000044',

  pm_card_createDispute: '4000000000000259',
  pm_card_createDisputeProductNotReceived: '4000000000002685',
  pm_card_createDisputeInquiry: '4000000000001976',
  pm_card_createMultipleDisputes: '4000000404000079',
  pm_card_createCe3EligibleDispute: '4000000404000038',
  pm_card_createComplianceDispute: '4000008400000779',
  pm_card_createMastercardComplianceDispute: '5105008400000002',
  pm_card_createAutoRepresentmentEligibleDispute: '4000000001000043',
  pm_card_createIssuerFraudRecord: '4000000000005423',
  pm_card_pendingRefund: '4000000000007726',
  pm_card_refundFail: '4000000000005126',
  pm_card_bypassPending: '4000000000000077',
  pm_card_bypassPendingInternational: '4000003720000278',

  pm_card_authenticationRequiredOnSetup: '4000002500003155',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_authenticationRequiredSetupForOffSession: '4000003800000446',
  pm_card_authenticationRequiredChargeDeclinedInsufficientFunds: '4000008260003178',
  pm_card_threeDSecure2Required: '4000000000003220',
  pm_card_threeDSecureRequired: '4000000000003063',
  pm_card_threeDSecureRequiredChargeDeclined: '4000008400001629',
  pm_card_threeDSecureRequiredProcessingError: '4000008400001280',
  pm_card_threeDSecureOptional: '4000000000003055',
  pm_card_threeDSecureOptionalProcessingError: '4000000000003097',
  pm_card_amex_threeDSecureNotSupported: '378282246310005',

  pm_usBankAccount: '000123456789',
  pm_usBankAccount_success: '000123456789',
  pm_usBankAccount_accountClosed: '000111111113',
  pm_usBankAccount_noAccount: '000111111116',
  pm_usBankAccount_insufficientFunds: '000222222227',
  pm_usBankAccount_debitNotAuthorized: '000333333335',
  pm_usBankAccount_invalidCurrency: '000444444440',
  pm_usBankAccount_dispute: '000555555559',
  pm_usBankAccount_processing: '000000000009',
}

// Cards of other countries, such as `pm_card_de`: the number holds the country's ISO 3166 number.
const BY_COUNTRY =
  'ar:4000000320000021 br:4000000760000002 ca:4000001240000000 cl:4000001520000001 co:4000001700000003 cr:4000001880000005 ec:4000002180000000 mx:4000004840008001 pa:4000005910000000 py:4000006000000066 pe:4000006040000068 uy:4000008580000003 ae:4000007840000001 at:4000000400000008 be:4000000560000004 bg:4000001000000000 by:4000001120000005 hr:4000001910000009 cy:4000001960000008 cz:4000002030000002 dk:4000002080000001 ee:4000002330000009 fi:4000002460000001 fr:4000002500000003 de:4000002760000016 gi:4000002920000005 gr:4000003000000030 hu:4000003480000005 ie:4000003720000005 it:4000003800000008 lv:4000004280000005 li:4000004380000004 lt:4000004400000000 lu:4000004420000006 mt:4000004700000007 nl:4000005280000002 no:4000005780000007 pl:4000006160000005 pt:4000006200000007 ro:4000006420000001 sa:4000006820000007 si:4000007050000006 sk:4000007030000001 es:4000007240000007 se:4000007520000008 ch:4000007560000009 gb:4000008260000000 au:4000000360000006 cn:4000001560000002 hk:4000003440000004 in:4000003560000008 jp:4000003920000003 my:4000004580000002 nz:4000005540000008 sg:4000007020000003 tw:4000001580000008 th:4000007640000003'
    .split(' ')
    .map((entry) => entry.split(':') as [country: string, number: string])

const COUNTRY_BY_NUMBER = new Map(
  BY_COUNTRY.map(([country, number]) => [number.slice(6, 9), country.toUpperCase()]),
)

for (const [country, number] of BY_COUNTRY) BY_TEST_ID[`pm_card_${country}`] = number

/** The number behind a ready-made id such as `pm_card_visa`, or null. */
export function testNumber(id: string): string | null {
  return Object.hasOwn(BY_TEST_ID, id) ? (BY_TEST_ID[id] ?? null) : null
}

/** Every ready-made id. */
export function testMethodIds(): string[] {
  return Object.keys(BY_TEST_ID)
}

/** Where a card comes from, which the numbers of Stripe's tests say; most are from the United States. */
export function countryOf(number: string): string {
  return (/^4000(00|05)/.test(number) && COUNTRY_BY_NUMBER.get(number.slice(6, 9))) || 'US'
}

const DEBIT = new Set(['4000056655665556', '5200828282828210'])

/** How a card is funded. */
export function fundingOf(number: string): 'credit' | 'debit' | 'prepaid' {
  if (number === '5105105105105100') return 'prepaid'
  return DEBIT.has(number) ? 'debit' : 'credit'
}
