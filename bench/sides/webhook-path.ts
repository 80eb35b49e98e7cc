export const WEBHOOK = '/api/webhooks/stripe'
