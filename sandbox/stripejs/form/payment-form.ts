/**
 * What runs in the iframe of a Payment Element: it checks what was typed, and takes it to the API
 * itself, so that nothing of a card ever leaves this origin. Sent as text: it may use nothing but
 * what a browser has.
 */
export function paymentForm() {
  type Form = Record<string, string>
  type Wrong = { field: string; code: string; message: string }
  interface Asked {
    do: string
    nth: number
    key: string
    clientSecret: string
    billing: Form
    appearance?: { theme?: string; variables?: Form }
  }
  const form = document.querySelector('form')
  if (!form) return
  const post = (message: object) => parent.postMessage(message, '*')
  const value = (name: string) => new FormData(form).get(name)?.toString().trim() ?? ''
  const digits = (name: string) => value(name).replace(/\D/g, '')
  const type = () => value('type') || 'card'

  const expiry = () => {
    const [, month = '', year = ''] = /^(\d{1,2})\D*(\d{2}|\d{4})$/.exec(value('expiry')) ?? []
    return { month: Number(month), year: year.length === 2 ? 2000 + Number(year) : Number(year) }
  }
  const passesLuhn = (number: string) =>
    [...number].reverse().reduce((sum, digit, nth) => {
      const counted = nth % 2 === 1 ? Number(digit) * 2 : Number(digit)
      return sum + (counted > 9 ? counted - 9 : counted)
    }, 0) %
      10 ===
    0
  const wrong = (field: string, code: string, message: string): Wrong => ({ field, code, message })
  const problems = (): Wrong[] => {
    const found: Wrong[] = []
    if (type() === 'card') {
      const number = digits('number')
      if (number.length < 13)
        found.push(wrong('number', 'incomplete_number', 'Your card number is incomplete.'))
      else if (!passesLuhn(number))
        found.push(wrong('number', 'invalid_number', 'Your card number is invalid.'))
      const { month, year } = expiry()
      // By the sandbox's clock, which may be years ahead of the browser's.
      const [nowYear = 0, nowMonth = 0] = (form.dataset.month ?? '').split('-').map(Number)
      if (month < 1 || month > 12 || year === 0)
        found.push(
          wrong('expiry', 'incomplete_expiry', "Your card's expiration date is incomplete."),
        )
      else if (year < nowYear || (year === nowYear && month < nowMonth))
        found.push(
          wrong(
            'expiry',
            'invalid_expiry_year_past',
            "Your card's expiration date is in the past.",
          ),
        )
      if (!/^\d{3,4}$/.test(value('cvc')))
        found.push(wrong('cvc', 'incomplete_cvc', "Your card's security code is incomplete."))
      if (value('country') === 'US' && !/^\d{5}(-?\d{4})?$/.test(value('postal_code')))
        found.push(wrong('postal_code', 'incomplete_zip', 'Your ZIP is invalid.'))
      return found
    }
    if (value('name') === '')
      found.push(wrong('name', 'incomplete_name', 'Your full name is incomplete.'))
    if (!/^[^\s@]+@[^\s@]+$/.test(value('email')))
      found.push(wrong('email', 'incomplete_email', 'Your email is incomplete.'))
    if (digits('routing').length !== 9)
      found.push(
        wrong('routing', 'incomplete_routing_number', 'Your routing number is incomplete.'),
      )
    if (digits('account').length < 4)
      found.push(
        wrong('account', 'incomplete_account_number', 'Your account number is incomplete.'),
      )
    return found
  }
  /** Each word beside its field, and the cursor in the first. */
  const show = (found: readonly Wrong[]) => {
    for (const old of form.querySelectorAll('.error')) old.remove()
    for (const input of form.querySelectorAll('[aria-invalid]')) {
      input.removeAttribute('aria-invalid')
      input.removeAttribute('aria-describedby')
    }
    for (const { field, message } of found) {
      const input = form.querySelector(`[name=${field}]`)
      if (!input) continue
      const words = document.createElement('p')
      words.className = 'error'
      words.id = `${field}-error`
      words.setAttribute('role', 'alert')
      words.textContent = message
      input.setAttribute('aria-invalid', 'true')
      input.setAttribute('aria-describedby', words.id)
      input.after(words)
    }
    const [first] = found
    if (first) form.querySelector<HTMLElement>(`[name=${first.field}]`)?.focus()
  }
  const check = () => {
    const found = problems()
    show(found)
    const [first] = found
    return first && { type: 'validation_error', code: first.code, message: first.message }
  }
  const ask = async (path: string, asked: Form) => {
    const answer = await fetch(`/v1/${path}`, { method: 'POST', body: new URLSearchParams(asked) })
    return answer.json()
  }
  const method = (key: string, billing: Form) => {
    const { month, year } = expiry()
    const typed: Form =
      type() === 'card'
        ? {
            'card[number]': digits('number'),
            'card[exp_month]': String(month),
            'card[exp_year]': String(year),
            'card[cvc]': value('cvc'),
            'billing_details[address][country]': value('country'),
            'billing_details[address][postal_code]': value('postal_code'),
          }
        : {
            'us_bank_account[account_number]': digits('account'),
            'us_bank_account[routing_number]': digits('routing'),
            'us_bank_account[account_holder_type]': 'individual',
            'billing_details[name]': value('name'),
            'billing_details[email]': value('email'),
          }
    return ask('payment_methods', { key, type: type(), ...typed, ...billing })
  }
  const pay = async ({ key, clientSecret, billing }: Asked) => {
    const made = await method(key, billing)
    if (made.error) return { error: made.error }
    const [intent = ''] = clientSecret.split('_secret_')
    const kind = intent.startsWith('seti_') ? 'setup' : 'payment'
    const done = await ask(`${kind}_intents/${intent}/confirm`, {
      key,
      client_secret: clientSecret,
      payment_method: made.id,
      use_stripe_sdk: 'true',
    })
    return done.error ? { error: done.error } : { intent: done }
  }
  const answerTo = async (asked: Asked) => {
    const error = check()
    if (error) return { error }
    if (asked.do === 'check') return { selectedPaymentMethod: type() }
    if (asked.do === 'pay') return pay(asked)
    const made = await method(asked.key, asked.billing)
    return made.error ? { error: made.error } : { paymentMethod: made }
  }
  const look = ({ theme, variables = {} }: NonNullable<Asked['appearance']>) => {
    const root = document.documentElement
    if (theme === 'night') root.style.colorScheme = 'dark'
    const names: Form = {
      colorPrimary: '--accent',
      colorText: '--ink',
      colorBackground: '--paper',
      colorDanger: '--bad',
      fontFamily: '--sans',
    }
    for (const [name, property] of Object.entries(names))
      if (variables[name]) root.style.setProperty(property, variables[name])
  }

  addEventListener('message', async ({ source, origin, data }: MessageEvent<Asked>) => {
    // Only the page that embeds this form, and it alone gets the answer.
    if (source !== parent || typeof data?.do !== 'string') return
    if (data.do === 'look') return look(data.appearance ?? {})
    if (data.do === 'clear') return form.reset()
    const failed = { error: { type: 'api_error', message: 'An unexpected error occurred.' } }
    const answer = await answerTo(data).catch(() => failed)
    parent.postMessage({ sandbox: 'answer', nth: data.nth, answer }, origin)
  })
  const group = (text: string) =>
    text
      .replace(/\D/g, '')
      .slice(0, 19)
      .replace(/(\d{4})(?=\d)/g, '$1 ')
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === 'number') {
      const atEnd = target.selectionStart === target.value.length
      if (atEnd) target.value = group(target.value)
    }
    for (const part of form.querySelectorAll<HTMLElement>('[data-for]'))
      part.hidden = part.dataset.for !== type()
    const zip = form.querySelector('[name=postal_code]')?.closest<HTMLElement>('.field')
    if (zip) zip.hidden = value('country') !== 'US'
    const empty = ['number', 'expiry', 'cvc', 'name', 'email', 'account'].every(
      (name) => value(name) === '',
    )
    post({ sandbox: 'change', complete: problems().length === 0, empty, type: type() })
  })
  form.addEventListener('focusin', () => post({ sandbox: 'focus' }))
  form.addEventListener('focusout', () => post({ sandbox: 'blur' }))
  const measure = () =>
    post({ sandbox: 'height', height: Math.ceil(form.getBoundingClientRect().height) + 8 })
  new ResizeObserver(measure).observe(form)
  measure()
  post({ sandbox: 'loaded' })
}
