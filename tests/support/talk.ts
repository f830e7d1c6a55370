// A customer talking to the bot in a test: keeps the memory, carries out effects on tickets in memory, moves the clock.
import { flows as allFlows } from '../../flows/index.ts'
import { createBot, loadTexts, startMemory, type Bot, type BotMemory, type Said, type Trigger, type TurnResult } from '../../src/bot/index.ts'
import type { Entitlement } from '../../src/assets/index.ts'
import type { Abilities } from '../../src/channel.ts'
import { readSaidParts } from '../../src/parts/said.ts'
import { timestamp } from '../../src/clock.ts'
import type { LabelCode } from '../../src/labels/index.ts'
import type {
  CustomerView,
  Effect,
  EngineerView,
  Flows,
  FlowSettings,
  People,
  Query,
  QueryAnswer,
  QuoteView,
  SlotView,
  Utterance,
  MeantPartView,
  VisitView,
  DeviceView,
  WayView,
} from '../../src/flow.ts'
import { conversationId, type ChannelName, type InboundMessage, type Place } from '../../src/message.ts'
import { joinFields } from '../../src/tickets/join-fields.ts'
import { newTicketNumber } from '../../src/tickets/number.ts'
import { categoryOf, mayMove, type TicketStatus } from '../../src/tickets/status.ts'
import type { TicketView } from '../../src/tickets/ticket.ts'
import type { NewsWay } from '../../src/understanding/entities/way.ts'

export const texts = loadTexts()

export const chat: Abilities = {
  textLimit: 4000,
  choices: 'buttons',
  questions: 'one_by_one',
  attachments: true,
  receipts: false,
  gatherMs: { text: 0, media: 0 },
  storeIsDelivery: true,
  budgeted: false,
  windowMs: null,
  carrierKeywords: false,
}
export const sms: Abilities = { ...chat, textLimit: 1600, choices: 'numbers', receipts: true, storeIsDelivery: false }
export const mail: Abilities = { ...chat, textLimit: 100_000, choices: 'numbers', questions: 'all_at_once', storeIsDelivery: false, budgeted: true }

export const settings: FlowSettings = {
  company: 'Keep Running',
  language: 'en',
  timeZone: 'Europe/Berlin',
  country: 'US',
  form: {
    product: 'required',
    serial: 'optional',
    symptom: 'required',
    photos: 'optional',
    address: 'required',
    contact: 'required',
    preferredTime: 'optional',
  },
  questions: [],
  productLines: [],
  products: [
    { name: 'T5 treadmill', aliases: ['T5', 'T5跑步机', 'treadmill T5'] },
    { name: 'T6 treadmill', aliases: ['T6', 'T6跑步机'] },
    { name: 'WashMaster 900', aliases: ['washmaster', '洗衣大师900'] },
  ],
  incompleteAfterMs: 24 * 3_600_000,
  failureLists: { component: ['motor', 'belt'], problem: ['does not start', 'noise'], cause: ['wear', 'wrong use'], remedy: ['part replaced', 'cleaned'] },
  reopenWithinMs: 14 * 86_400_000,
  sameCaseWithinMs: 7 * 86_400_000,
}

export interface TalkOptions {
  abilities?: Abilities
  channel?: ChannelName
  settings?: Partial<FlowSettings>
  customer?: Partial<CustomerView>
  place?: Partial<Place>
  flows?: Flows
  /** Share the tickets of another conversation of the same customer. */
  with?: Talk
}

/** What can come with a message. */
export interface Extra {
  choice?: string
  files?: readonly string[]
  /** What codes in these photos say. */
  codes?: readonly LabelCode[]
  subject?: string
  locale?: string
  /** The ticket of the message that is answered. */
  about?: string
}

export class Talk {
  now = Date.parse('2026-03-02T09:00:00.000Z')
  memory: BotMemory = startMemory()
  tickets: TicketView[] = []
  quotes: QuoteView[] = []
  /** All effects so far, in order. */
  readonly effects: Effect[] = []
  last: TurnResult | undefined
  /** What is known of the ways to the customer; nothing is proved unless a test says so. */
  ways: (asked: { way: NewsWay; address: string | null }) => WayView = ({ address }) => ({ on: true, known: null, code: address === null ? null : 'may' })
  /** Visits to them, and what is free for one. */
  visits: VisitView[] = []
  parts: (words: string) => readonly MeantPartView[] | null = (words) => readSaidParts(words)?.map((said) => ({ ...said, sure: null, options: [] })) ?? null
  devices: DeviceView[] = []
  /** What the meter showed last. */
  meter: number | null = null
  slots: (query: Extract<Query, { kind: 'slots' }>) => { slots: SlotView[]; fits: boolean } = () => ({ slots: [], fits: true })
  /** What the records say of a serial number; nothing unless a test says so. */
  entitlement: (serial: string | undefined) => Entitlement | undefined = () => undefined
  /** The one-time code on its way. */
  code: string | null = null
  people: People = { here: true }
  engineer: EngineerView | null = null
  readonly bot: Bot
  readonly abilities: Abilities
  readonly customer: CustomerView
  readonly place: Place
  readonly settings: FlowSettings
  #messages = 0
  #about: Readonly<Record<string, string>> = {}
  #numbers = 0

  constructor({ abilities = chat, channel, settings: changed, customer, place, flows = allFlows, with: other }: TalkOptions = {}) {
    this.bot = createBot({ texts, flows })
    this.abilities = abilities
    this.settings = { ...settings, ...changed }
    const isMail = abilities.questions === 'all_at_once'
    this.customer = { id: 'customer', name: null, email: isMail ? 'ann@example.org' : null, phone: null, ...customer }
    this.place = {
      channel: channel ?? (isMail ? 'email' : 'webchat'),
      account: 'desk',
      address: isMail ? 'ann@example.org' : 'visitor-1',
      thread: other === undefined ? '' : 'second',
      ...place,
    }
    if (other !== undefined) {
      this.tickets = other.tickets
      this.now = other.now
      this.#numbers = 1000
    }
  }

  /** Says something; answers what the bot said, one string with its numbered choices. */
  async say(text: string, extra: Extra = {}): Promise<string> {
    return this.burst([{ text, ...extra }])
  }

  async burst(messages: readonly (Extra & { text: string })[]): Promise<string> {
    const heard = messages.map((message) => ({ message: this.#message(message), about: message.about }))
    this.#about = Object.fromEntries(heard.flatMap(({ message, about }) => (about === undefined ? [] : [[message._id, about]])))
    return this.turn({ kind: 'messages', messages: heard.map(({ message }) => message) })
  }

  async press(choice: string): Promise<string> {
    const label = this.memory.asked.find(({ value }) => value === choice)?.label ?? choice
    return this.say(label, { choice })
  }

  async survey(args: Readonly<Record<string, string>>): Promise<string> {
    return this.turn({ kind: 'question', question: { flow: 'answer-survey', args } })
  }

  async news(...say: Utterance[]): Promise<string> {
    return this.turn({ kind: 'news', say })
  }

  async wake(wake: 'questions' | 'abandoned'): Promise<string> {
    return this.turn({ kind: 'wake', wake })
  }

  async turn(trigger: Trigger): Promise<string> {
    const result = await this.bot.turn({
      trigger,
      memory: this.memory,
      conversation: conversationId(this.place),
      place: this.place,
      abilities: this.abilities,
      customer: this.customer,
      settings: this.settings,
      about: this.#about,
      now: this.now,
      people: this.people,
      engineer: this.engineer,
      freshTicketNumber: this.#freshNumber(),
      answer: async (query) => this.#answer(query),
    })
    // Stored as JSON between turns, as the product does.
    this.memory = JSON.parse(JSON.stringify(result.memory))
    this.last = result
    for (const effect of result.effects) this.#apply(effect)
    return result.say.map(shown).join('\n---\n')
  }

  minutes(count: number): void {
    this.now += count * 60_000
  }

  /** Of the last turn. */
  did(kind: Effect['do']): Effect[] {
    return this.last?.effects.filter((effect) => effect.do === kind) ?? []
  }

  get ticket(): TicketView {
    const ticket = this.tickets.at(0)
    if (ticket === undefined) throw new Error('no ticket was opened')
    return ticket
  }

  /** By staff. */
  move(status: TicketStatus, number = this.ticket._id): void {
    const ticket = this.#find(number)
    Object.assign(ticket, { status, statusSince: timestamp(this.now), updatedAt: timestamp(this.now) })
  }

  #message({ text, choice, files = [], codes, subject, locale }: Extra & { text: string }): InboundMessage {
    const seq = ++this.#messages
    return {
      _id: `m_${seq}`,
      key: `key_${this.place.thread}${seq}`,
      conversation: conversationId(this.place),
      seq,
      direction: 'inbound',
      state: 'received',
      channel: this.place.channel,
      place: this.place,
      text,
      fullText: text,
      createdAt: timestamp(this.now),
      ticket: null,
      providerId: `p_${seq}`,
      from: { address: this.place.address },
      author: 'person',
      raw: 'raw',
      reference: null,
      references: [],
      failures: 0,
      ...(choice === undefined ? {} : { choice }),
      ...(subject === undefined ? {} : { subject }),
      ...(locale === undefined ? {} : { locale }),
      ...(codes === undefined ? {} : { codes: [...codes] }),
      attachments: files.map((file) => ({ file, name: `${file}.jpg`, contentType: 'image/jpeg', size: 1 })),
    }
  }

  #freshNumber(): string {
    const seed = ++this.#numbers
    return newTicketNumber({ bytes: (count) => Uint8Array.from({ length: count }, (_, index) => (seed * 7 + index * 13 + (seed >> 5)) & 255) })
  }

  #answer(query: Query): QueryAnswer {
    const copies = structuredClone(this.tickets)
    switch (query.kind) {
      case 'tickets':
        return { kind: 'tickets', tickets: copies }
      case 'ticket':
        return { kind: 'ticket', ticket: copies.find(({ _id }) => _id === query.number) }
      case 'way':
        return { kind: 'way', way: this.ways({ way: query.way, address: query.address }) }
      case 'code':
        return { kind: 'code', verdict: this.code === null ? 'expired' : query.code === this.code ? 'right' : 'wrong' }
      case 'quote': {
        const wanted = query.quote
        const quote = this.quotes.find((each) => each.id === wanted.id && each.version === wanted.version)
        return { kind: 'quote', quote }
      }
      case 'quotes':
        return { kind: 'quotes', quotes: this.quotes.filter(({ state }) => state === 'sent') }
      case 'visits':
        return { kind: 'visits', visits: structuredClone(this.visits) }
      case 'slots':
        return { kind: 'slots', ...this.slots(query) }
      case 'parts':
        return { kind: 'parts', parts: this.parts(query.words) }
      case 'devices':
        return { kind: 'devices', devices: this.devices }
      case 'meter':
        return { kind: 'meter', last: this.meter, runsBack: this.meter !== null && query.value < this.meter }
      case 'entitlement': {
        const result = this.entitlement(query.serial)
        return { kind: 'entitlement', entitlement: result === undefined ? null : { ticket: query.ticket, result } }
      }
    }
  }

  #find(number: string): TicketView {
    const ticket = this.tickets.find(({ _id }) => _id === number)
    if (ticket === undefined) throw new Error(`no ticket ${number}`)
    return ticket
  }

  #apply(effect: Effect): void {
    this.effects.push(effect)
    const at = timestamp(this.now)
    switch (effect.do) {
      case 'open_ticket':
        this.tickets.unshift({
          _id: effect.number,
          merged: [],
          status: 'new',
          before: 'new',
          statusSince: at,
          subject: effect.subject,
          fields: effect.fields,
          incomplete: false,
          conversation: conversationId(this.place),
          follows: effect.follows ?? null,
          toldApart: [],
          createdAt: at,
          updatedAt: at,
        })
        return
      case 'fill_ticket': {
        const ticket = this.#find(effect.number)
        Object.assign(ticket, { fields: joinFields(ticket.fields, effect.fields), subject: effect.subject ?? ticket.subject })
        return
      }
      case 'accept_ticket':
        return this.#move(effect.number, 'accepted')
      case 'cancel_ticket':
        return this.#move(effect.number, 'cancelled')
      case 'reopen_ticket':
        // Not over (any more): left as it is, as the product does.
        if (categoryOf(this.#find(effect.number).status) !== 'done') return
        // Of an open ticket there is nothing to reopen.
        return categoryOf(this.#find(effect.number).status) === 'done' ? this.#move(effect.number, 'in_progress') : undefined
      case 'merge_tickets': {
        const gone = this.#find(effect.from)
        this.tickets.splice(this.tickets.indexOf(gone), 1)
        Object.assign(this.#find(effect.into), { merged: [{ number: effect.from, customer: this.customer.id, conversation: gone.conversation }] })
        return
      }
      case 'tell_apart':
        for (const [number, other] of [
          [effect.one, effect.other],
          [effect.other, effect.one],
        ] as const) {
          const ticket = this.#find(number)
          Object.assign(ticket, { toldApart: [...ticket.toldApart, { number: other, at, by: { kind: 'customer', id: this.customer.id } }] })
        }
        return
      case 'mark_incomplete':
        Object.assign(this.#find(effect.number), { incomplete: effect.incomplete })
        return
      case 'describe_customer': {
        const { do: _, ...described } = effect
        Object.assign(this.customer, described)
        return
      }
      case 'send_code':
        this.code = '123456'
        return
      case 'verify_address':
        this.code = null
        return
      case 'continue_there':
      case 'take_up':
      case 'attach':
      case 'acknowledge':
      case 'prefer':
      case 'miss_code':
      case 'answer_survey':
      case 'answer_quote':
      case 'answer_offer':
      case 'hand_over':
      case 'open_task':
      case 'offer_slots':
      case 'choose_slot':
      case 'call_off':
      case 'say_of_work':
      case 'check_item':
      case 'finish_inspection':
      case 'go_through':
      case 'decline_inspection':
      case 'put_off_visit':
      case 'book_inspection':
      case 'device_gone':
      case 'read_meter':
      case 'wake':
    }
  }

  #move(number: string, to: TicketStatus): void {
    const ticket = this.#find(number)
    if (!mayMove(ticket.status, to, ticket.before)) throw new Error(`${number} may not go from ${ticket.status} to ${to}`)
    Object.assign(ticket, { status: to, before: to, statusSince: timestamp(this.now) })
  }
}

function shown({ text, choices }: Said): string {
  return [text, ...choices.map(({ label }, index) => `[${index + 1}] ${label}`)].join('\n')
}
