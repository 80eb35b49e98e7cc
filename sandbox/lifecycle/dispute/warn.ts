import { idOf, newId, optionalId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

/** A card's issuer believes that a charge is fraudulent, before the cardholder disputes it. */
export function warnOfFraud(tx: Tx, chargeId: string) {
  const intent = optionalId(tx.get('charge', chargeId).payment_intent)
  const { id } = tx.insert('radar.early_fraud_warning', {
    id: newId('issfr'),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: chargeId,
    created: tx.now,
    fraud_type: 'made_with_stolen_card',
    livemode: false,
    ...(intent === null ? {} : { payment_intent: intent }),
  })
  tx.emit('radar.early_fraud_warning.created', 'radar.early_fraud_warning', id)
}

/** Nothing can be done any more about a charge that is disputed, or given back as a whole. */
export function endWarning(tx: Tx, chargeId: string) {
  for (const row of tx.all('radar.early_fraud_warning')) {
    if (idOf(row.charge) !== chargeId || !row.actionable) continue
    tx.edit('radar.early_fraud_warning', row.id).actionable = false
    tx.emit('radar.early_fraud_warning.updated', 'radar.early_fraud_warning', row.id)
  }
}
