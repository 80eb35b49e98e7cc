/** Remembers for the next page where the link went, so that the address stays out of every URL and log. */
export const SENT_TO = 'sent_to'
