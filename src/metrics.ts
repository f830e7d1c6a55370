// What is measured while running, in Prometheus' terms. No label ever holds a name, address or text.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

export interface Metrics {
  registry: Registry
  accepted: Counter<'channel' | 'outcome'>
  turns: Histogram<'outcome'>
  deliveries: Counter<'channel' | 'state'>
  effectsFailed: Counter
  webhooks: Counter<'outcome'>
  recovered: Counter<'kind'>
  maybeTwice: Counter
  oldestUnhandled: Gauge
  queueDepth: Gauge<'queue' | 'state'>
  up: Gauge<'part'>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    accepted: new Counter({ name: 'mendline_inputs_total', help: 'Inputs accepted, by channel and outcome', labelNames: ['channel', 'outcome'], registers }),
    turns: new Histogram({
      name: 'mendline_turn_seconds',
      help: 'Time of one turn, from load to committed and carried out',
      labelNames: ['outcome'],
      registers,
    }),
    deliveries: new Counter({
      name: 'mendline_deliveries_total',
      help: 'Outbound messages by the state they reached',
      labelNames: ['channel', 'state'],
      registers,
    }),
    effectsFailed: new Counter({ name: 'mendline_effects_failed_total', help: 'Effects given to a person because they cannot be carried out', registers }),
    webhooks: new Counter({ name: 'mendline_webhooks_total', help: 'Tries to deliver a webhook, by outcome', labelNames: ['outcome'], registers }),
    recovered: new Counter({ name: 'mendline_recovered_total', help: 'Work found lying and taken up again', labelNames: ['kind'], registers }),
    maybeTwice: new Counter({ name: 'mendline_maybe_twice_total', help: 'Messages sent again without being able to ask the provider', registers }),
    oldestUnhandled: new Gauge({ name: 'mendline_oldest_unhandled_seconds', help: 'Age of the oldest message that had no turn yet', registers }),
    queueDepth: new Gauge({ name: 'mendline_queue_jobs', help: 'Jobs by queue and state', labelNames: ['queue', 'state'], registers }),
    up: new Gauge({ name: 'mendline_up', help: '1 while the part answers, 0 while it is away', labelNames: ['part'], registers }),
  }
}
