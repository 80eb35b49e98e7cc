/**
 * An event's payload as an operator may read it, indented: no secret, nothing of a card or a bank account, no
 * address, name or number of a person, no link that opens something by itself, and of an email address its
 * first letter and its domain. What is no JSON is not shown.
 */
export function redactPayload(payload: string): string {
  try {
    const text = JSON.stringify(redacted(JSON.parse(payload)), null, 2)
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… (cut)` : text
  } catch {
    return '(not JSON)'
  }
}

// A page with a megabyte in it helps no one.
const LONGEST = 60_000

/** The same of a text that someone else wrote, such as an error. */
export function redactText(text: string): string {
  return text
    .replace(SECRET, '$1_…')
    .replace(CLIENT_SECRET, '_secret_…')
    .replace(EMAIL, (_, first: string, domain: string) => `${first}…@${domain}`)
    .replace(ID_OR_NUMBER, (found) => (ID.test(found) ? found : '…'))
}

function redacted(value: unknown, key = ''): unknown {
  if (HIDDEN.test(key)) return value === null || value === '' ? value : '…'
  if (typeof value === 'string') return LINK.test(value) ? linkless(value) : redactText(value)
  if (Array.isArray(value)) return value.map((each) => redacted(each, key))
  if (typeof value !== 'object' || value === null) return value
  const isTaxId = 'object' in value && value.object === 'tax_id'
  // Their keys are someone's own words, too.
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      // A tax id by itself has its number under a name that says nothing.
      const shown = isTaxId && name === 'value' ? '…' : redacted(each, name)
      return [redactText(name), shown]
    }),
  )
}

// Names of fields, as Stripe's objects have them. Of each the whole value goes, whatever its shape.
const HIDDEN = new RegExp(
  `^(${[
    // What opens something.
    '.*secret.*|.*token.*|.*password.*|.*api_?key.*|idempotency_key',
    // A card or an account.
    'card|card_present|.*_card|last4|.*_last4|dynamic_last4|(?:.*_)?fingerprint|number|exp_month|exp_year|cvc|iin|brand_product',
    '.*_debit|us_bank_account|bank_account|.*iban.*|account_number|routing_number|sort_code|bic|.*bank_code|branch_code',
    // A wallet that stands for one.
    'cashtag|vpa|buyer_id|payer_id',
    // A person.
    'name|.*_name|phone|.*_phone|address|.*_address|address_.*|line1|line2|postal_code|city|shipping|customer_shipping|billing_details',
    'tax_id|tax_ids|customer_tax_ids|(?:.*_)?ip|ip_address|user_agent|receipt_number|individual|owner|custom_fields',
    'description_of_person|comment|phone_number|birthday|dob',
    // What was handed in about a dispute: a person's addresses, messages and doings, in words and files.
    'evidence|enhanced_evidence|access_activity_log|uncategorized_text|(?:.*_)?tracking_number',
  ].join('|')})$`,
  'i',
)

const EMAIL = /([\p{L}\p{N}])[^\s@"'<>,;:]*@([^\s@"'<>,;]+\.[^\s@"'<>,;.]+)/gu
const SECRET = /\b(sk|rk|rkcs|pk|whsec|ek|tok|pst|vlt)_[\w*]{4,}/g
const CLIENT_SECRET = /_secret_\w+/g
// A workspace's and a user's id: one in seven hundred begins with as many digits as a card has.
const ID = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/
// A card's or an account's, with or without spaces.
const NUMBER = /(?<![\w])(?:\d[ -]?){12,18}\d(?![\w])/
const ID_OR_NUMBER = new RegExp(`${ID.source}|${NUMBER.source}`, 'g')
const LINK = /^https?:\/\//

// Whose address is known can open an invoice or a session without signing in.
function linkless(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}/…` : '…'
}
