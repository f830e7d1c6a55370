// What is true of the made-up company: its products and how they fail, its people and how well they work. Reports over its history must find this again.
import type { WorkKind } from '../dispatch/status.ts'
import type { Priority } from '../tickets/index.ts'

export interface FailureMode {
  component: string
  problem: string
  cause: string
  remedy: string
  /** As customers say it. */
  says: { en: readonly string[]; zh: readonly string[] }
  part: { number: string; name: string } | null
  /** How many are needed; one of them each time. */
  quantities: readonly number[]
  /** Failures per asset and month; or a wear-out life after Weibull, in months since it was installed or replaced. */
  fails: { rate: number; worsensLately?: true } | { shape: number; scale: number }
}

export interface MadeProduct {
  name: string
  serial: string
  /** Of all assets. */
  share: number
  kind: WorkKind
  skill: string | null
  warrantyMonths: number
  modes: readonly FailureMode[]
}

const replaced = { cause: 'wear', remedy: 'part replaced', quantities: [1] } as const

export const products: readonly MadeProduct[] = [
  {
    name: 'T5 treadmill',
    serial: 'KP-',
    share: 0.24,
    kind: 'visit',
    skill: 'fitness',
    warrantyMonths: 36,
    modes: [
      {
        ...replaced,
        component: 'belt',
        problem: 'stops while running',
        says: {
          en: ['The belt slips and then it stops.', 'The running belt keeps stopping under me.'],
          zh: ['跑带打滑，然后就停了。', '跑步的时候跑带总是停。'],
        },
        part: { number: 'TB-5001', name: 'Running belt' },
        fails: { shape: 3, scale: 36 },
      },
      {
        ...replaced,
        component: 'drive motor',
        problem: 'does not start',
        says: { en: ['It does not start any more, the motor only hums.', 'Nothing moves when I press start.'], zh: ['跑步机启动不了，电机只嗡嗡响。'] },
        part: { number: 'TM-5002', name: 'Drive motor' },
        fails: { rate: 0.011 },
      },
      {
        component: 'display',
        problem: 'error code',
        cause: 'manufacturing fault',
        remedy: 'part replaced',
        quantities: [1],
        says: { en: ['The display shows E02 and stays dark after that.'], zh: ['显示屏报E02，之后就黑屏了。'] },
        part: { number: 'TD-5003', name: 'Display unit' },
        fails: { rate: 0.006 },
      },
    ],
  },
  {
    name: 'B2 exercise bike',
    serial: 'KB-',
    share: 0.14,
    kind: 'visit',
    skill: 'fitness',
    warrantyMonths: 36,
    modes: [
      {
        ...replaced,
        component: 'pedal crank',
        problem: 'noise',
        says: { en: ['The pedals click with every turn.', 'It makes a knocking noise when I pedal.'], zh: ['踩踏板的时候有咔哒声。'] },
        part: { number: 'BC-2001', name: 'Pedal crank' },
        fails: { rate: 0.016 },
      },
      {
        ...replaced,
        component: 'resistance unit',
        problem: 'weak performance',
        says: { en: ['There is no resistance any more, whatever I set.'], zh: ['阻力怎么调都没有。'] },
        part: { number: 'BR-2002', name: 'Resistance unit' },
        fails: { rate: 0.008 },
      },
    ],
  },
  {
    name: 'W700 washing machine',
    serial: 'HW-',
    share: 0.28,
    kind: 'visit',
    skill: 'laundry',
    warrantyMonths: 36,
    modes: [
      {
        component: 'pump',
        problem: 'error code',
        cause: 'manufacturing fault',
        remedy: 'part replaced',
        quantities: [1],
        says: { en: ['It shows F21 and does not pump the water out.', 'The water stays in the drum, error F21.'], zh: ['显示F21，水排不出去。'] },
        part: { number: 'WP-7001', name: 'Drain pump' },
        fails: { rate: 0.018, worsensLately: true },
      },
      {
        ...replaced,
        component: 'door seal',
        problem: 'leaks',
        says: { en: ['My washing machine leaks at the door.', 'There is water on the floor in front of it.'], zh: ['洗衣机门口漏水。'] },
        part: { number: 'WS-7002', name: 'Door seal' },
        fails: { rate: 0.009 },
      },
      {
        ...replaced,
        component: 'drum bearing',
        problem: 'noise',
        says: { en: ['It is terribly loud when it spins.'], zh: ['脱水的时候声音特别大。'] },
        part: { number: 'WB-7003', name: 'Bearing kit' },
        fails: { rate: 0.005 },
      },
    ],
  },
  {
    name: 'D40 dishwasher',
    serial: 'HD-',
    share: 0.18,
    kind: 'visit',
    skill: 'kitchen',
    warrantyMonths: 36,
    modes: [
      {
        ...replaced,
        component: 'heater',
        problem: 'weak performance',
        says: { en: ['The dishes come out cold and dirty.'], zh: ['碗洗完是凉的，也不干净。'] },
        part: { number: 'DH-4001', name: 'Heating element' },
        fails: { rate: 0.01 },
      },
      {
        component: 'spray arm',
        problem: 'weak performance',
        cause: 'dirt or lime',
        remedy: 'cleaned',
        quantities: [],
        says: { en: ['The upper rack does not get clean any more.'], zh: ['上层的碗洗不干净。'] },
        part: null,
        fails: { rate: 0.012 },
      },
      {
        component: 'control board',
        problem: 'does not start',
        cause: 'power surge',
        remedy: 'part replaced',
        quantities: [1],
        says: { en: ['It is dead since the thunderstorm.'], zh: ['打雷以后就没反应了。'] },
        part: { number: 'DC-4003', name: 'Control board' },
        fails: { rate: 0.0009 },
      },
    ],
  },
  {
    name: 'C12 coffee machine',
    serial: 'HC-',
    share: 0.1,
    kind: 'mail_in',
    skill: null,
    warrantyMonths: 24,
    modes: [
      {
        ...replaced,
        component: 'brew unit',
        problem: 'leaks',
        says: { en: ['Coffee runs out at the bottom.', 'It leaks under the brew unit.'], zh: ['咖啡从底下漏出来。'] },
        part: { number: 'CB-1201', name: 'Brew unit' },
        fails: { rate: 0.022 },
      },
      {
        ...replaced,
        component: 'grinder',
        problem: 'noise',
        says: { en: ['The grinder screams and grinds nothing.'], zh: ['磨豆机声音很大，磨不出粉。'] },
        part: { number: 'CG-1202', name: 'Grinder' },
        fails: { rate: 0.014 },
      },
    ],
  },
  {
    name: 'K3 stand mixer',
    serial: 'HK-',
    share: 0.06,
    kind: 'walk_in',
    skill: null,
    warrantyMonths: 24,
    modes: [
      {
        component: 'gearbox',
        problem: 'broken part',
        cause: 'wrong use',
        remedy: 'part replaced',
        quantities: [1, 1, 1, 8],
        says: { en: ['Something broke inside while kneading.'], zh: ['和面的时候里面断了。'] },
        part: { number: 'KG-0301', name: 'Gear wheel' },
        fails: { rate: 0.006 },
      },
      {
        ...replaced,
        component: 'switch',
        problem: 'does not start',
        says: { en: ['It does not switch on.'], zh: ['开关打不开。'] },
        part: { number: 'KS-0302', name: 'Speed switch' },
        fails: { rate: 0.012 },
      },
    ],
  },
]

export type DemoChannel = 'email' | 'webchat' | 'sms' | 'whatsapp'

/** `satisfied`: who answers with 4 or 5, of those who answer. */
export const channels: readonly { channel: DemoChannel; share: number; satisfied: number }[] = [
  { channel: 'webchat', share: 0.3, satisfied: 0.87 },
  { channel: 'email', share: 0.3, satisfied: 0.87 },
  { channel: 'whatsapp', share: 0.2, satisfied: 0.87 },
  { channel: 'sms', share: 0.2, satisfied: 0.62 },
]

export interface MadeEngineer {
  id: string
  name: string
  /** Empty for the workshop. */
  skills: readonly string[]
  /** Repairs that last and need no second try. */
  firstTimeFix: number
}

export const engineers: readonly MadeEngineer[] = [
  { id: 'ana', name: 'Ana Costa', skills: ['fitness', 'laundry'], firstTimeFix: 0.92 },
  { id: 'ben', name: 'Ben Vogel', skills: ['laundry', 'kitchen'], firstTimeFix: 0.92 },
  { id: 'chloe', name: 'Chloe Martin', skills: ['fitness', 'laundry', 'kitchen'], firstTimeFix: 0.92 },
  { id: 'jo', name: 'Jo Brandt', skills: ['fitness', 'laundry', 'kitchen'], firstTimeFix: 0.68 },
  { id: 'mira', name: 'Mira Novak', skills: [], firstTimeFix: 0.92 },
  { id: 'tom', name: 'Tom Keller', skills: [], firstTimeFix: 0.92 },
]

export const agents = [
  { id: 'dana', name: 'Dana' },
  { id: 'eli', name: 'Eli' },
  { id: 'noor', name: 'Noor' },
] as const

export const priorities: readonly { priority: Priority; share: number }[] = [
  { priority: 'urgent', share: 0.05 },
  { priority: 'high', share: 0.15 },
  { priority: 'normal', share: 0.7 },
  { priority: 'low', share: 0.1 },
]

/** Of the history: from then on what worsens lately fails so many times as often. */
export const lately = { from: 0.8, times: 3 } as const

export const shares = {
  /** Customers who answer the survey. */
  answers: 0.6,
  /** Repairs that no agent touches, of those under warranty. */
  untouched: 0.45,
  /** Repairs out of warranty whose customer says yes, or no; the others say nothing. */
  approves: 0.75,
  declines: 0.15,
  /** First answers of an agent that come days late. */
  late: 0.08,
  /** Repairs whose agent knows from the words which part it takes, and asks for it. */
  askedFor: 0.6,
  /** Visits that the first engineer gives back. */
  givenBack: 0.05,
  chinese: 0.15,
  /** Planned inspections that are done after their window, or called off. */
  inspectedLate: 0.1,
  calledOff: 0.06,
  /** Inspections that find something to repair. */
  inspectionFinds: 0.12,
} as const
