// The sources of webhooks that tests speak for: a shop system, and machines.
import { createHmac } from 'node:crypto'

export const shopSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
export const deviceSecret = 'a-secret-of-machines'
export const basicSecret = 'erp:correct-horse'

export const yaml = `
webhooks:
  allow: [127.0.0.0/8]
  in:
    - source: shop
      shapes:
        - when: { $.type: order.fault }
          request:
            id: $.data.case.id
            subject: "Order {$.data.order.number}: {$.data.case.title}"
            description: $.data.case.text
            name: $.data.customer.name
            email: $.data.customer.email
            phone: $.data.customer.phone
            serial: $.data.order.lines[0].serial
            product: $.data.order.lines[0].name
            priority: { from: $.data.case.severity, values: { "1": urgent, "2": high }, default: normal }
            language: $.data.customer.locale
        - when: { $.type: order.paid }
          ignore: true
        - &alarm
          when: { $.type: device.alarm }
          fault:
            serial: $.device.serial
            code: $.alarm.code
            product: $.device.model
            description: $.alarm.text
            state: { from: $.alarm.active, values: { "true": raised, "false": cleared } }
            hysteresis: 30m
    - source: machines
      auth: { hmac: { header: X-Signature, prefix: sha256= } }
      idHeader: X-Report
      shapes: [*alarm]
    - source: erp
      auth: basic
      shapes:
        - request: { id: $.no, subject: $.title }
`

export const env = { WEBHOOK_IN_SHOP_SECRET: shopSecret, WEBHOOK_IN_MACHINES_SECRET: deviceSecret, WEBHOOK_IN_ERP_SECRET: basicSecret }

type Headers = Record<string, string>
const json = { 'content-type': 'application/json' }

/** As Standard Webhooks has it, whatever the bytes. */
export function signStandard(body: string | Buffer, id: string, at = new Date()): Headers {
  const seconds = String(Math.floor(at.getTime() / 1000))
  const key = Buffer.from(shopSecret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64')
  return { ...json, 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` }
}

export function signHmac(body: string | Buffer, report?: string): Headers {
  const signature = createHmac('sha256', deviceSecret).update(body).digest('hex')
  return { ...json, 'x-signature': `sha256=${signature}`, ...(report === undefined ? {} : { 'x-report': report }) }
}

export function basic(pair = basicSecret): Headers {
  return { ...json, authorization: `Basic ${btoa(pair)}` }
}
