// What the dashboard says, in the languages it speaks. Names of products, people and failures are the company's own.
export interface Texts {
  title: string
  lead: string
  skip: string
  period: string
  months: (count: number) => string
  from: string
  until: string
  product: string
  allProducts: string
  language: string
  signOut: string
  loading: string
  nothing: string
  nothingNoticed: string
  samples: string
  earlier: (count: number) => string
  failed: (why: string) => string
  groupBy: string
  table: string
  asTable: string
  csv: string
  counted: string
  interval: string
  others: (count: number) => string
  /** `n`: of so many. */
  of: (n: string) => string
  range: (low: string, high: string) => string
  cumulative: string
  groups: Readonly<Record<string, string>>
  channels: Readonly<Record<string, string>>
  kinds: Readonly<Record<string, string>>
  states: Readonly<Record<string, string>>
  tiles: Readonly<Record<'csat' | 'firstTimeFix' | 'resolve' | 'sla' | 'untouched' | 'repairs', string>>
  cards: Readonly<Record<string, { title: string; about: string }>>
  columns: Readonly<Record<string, string>>
  lists: Readonly<Record<'signals' | 'opportunities', { title: string; about: string }>>
}

const en: Texts = {
  title: 'What repairs teach',
  lead: 'Every figure is also a table, a file for a spreadsheet, and a report of the REST API.',
  skip: 'Skip to the figures',
  period: 'Period',
  months: (count) => (count === 1 ? '1 month' : `${count} months`),
  from: 'From',
  until: 'To',
  product: 'Product',
  allProducts: 'All products',
  language: '中文',
  signOut: 'Sign out',
  loading: 'Loading…',
  nothing: 'Nothing yet in this period.',
  nothingNoticed: 'Nothing yet.',
  samples: 'For example',
  earlier: (count) => `${count} earlier ones`,
  failed: (why) => `This could not be read: ${why}`,
  groupBy: 'By',
  table: 'Show as a table',
  asTable: 'table',
  csv: 'CSV',
  counted: 'How it is counted',
  interval: 'The thin lines are 95 % intervals: the true share lies within them nineteen times out of twenty.',
  others: (count) => `${count} more are in the table.`,
  of: (n) => `of ${n}`,
  range: (low, high) => `${low} to ${high}`,
  cumulative: 'Share up to here',
  groups: {
    all: 'all',
    product: 'product',
    asset: 'device',
    engineer: 'engineer',
    agent: 'agent',
    channel: 'channel',
    priority: 'priority',
    month: 'month',
    part: 'part',
    location: 'place',
  },
  channels: { email: 'Email', webchat: 'Web chat', sms: 'Text message', whatsapp: 'WhatsApp', slack: 'Slack', botframework: 'Teams', api: 'API' },
  kinds: {
    failure_rate: 'fails more often',
    failure: 'one failure more often',
    satisfaction: 'pleases less',
    failing_often: 'fails often, out of warranty',
    asked_for_part: 'asked for a part',
    end_of_life: 'a part near its end',
    loved_product: 'loved the product',
  },
  states: { open: 'open', ended: 'over' },
  tiles: {
    csat: 'Satisfied customers',
    firstTimeFix: 'Fixed the first time',
    resolve: 'Median time to the end',
    sla: 'Promises kept to the end',
    untouched: 'Without any touch',
    repairs: 'Repairs reported',
  },
  cards: {
    satisfaction: { title: 'Satisfaction', about: 'Answers of 4 or 5 stars, of all surveys answered.' },
    'first-time-fix': { title: 'Fixed the first time', about: 'Over after one visit or one stay in the shop, and the trouble did not come back.' },
    'repeat-repairs': { title: 'Repairs that came back', about: 'The same trouble of the same device again within the set days.' },
    times: { title: 'How long it takes', about: 'Median hours from the report to the first answer, to the device working, to the end.' },
    sla: { title: 'Promises kept', about: 'First answer, restoring and end within the time that was promised.' },
    failures: { title: 'What breaks', about: 'Components and problems as they were recorded, the most frequent first, and their share of all so far.' },
    'parts-fill-rate': { title: 'Parts there at once', about: 'Part lines filled from stock within ten minutes of being asked for.' },
    effort: { title: 'Repairs without any touch', about: 'From the first word to the survey, no agent did or wrote anything.' },
    touches: { title: 'Effort per repair', about: 'Touches of agents and messages in both directions, on average.' },
    acceptance: { title: 'Visits accepted', about: 'Offers to engineers that they took, of all that were taken, given back or timed out.' },
    quotes: { title: 'Offers approved', about: 'Quotes that customers approved, of all that were decided or expired.' },
    'plan-compliance': { title: 'Inspections on time', about: 'Planned inspections that were done when they were due.' },
  },
  columns: {
    answers: 'Answers',
    satisfied: 'Satisfied',
    csat: 'Satisfied, share',
    mean: 'Mean of stars',
    low: 'at least',
    high: 'at most',
    over: 'Over',
    fixedFirst: 'Fixed first',
    rate: 'Share',
    repeated: 'Came back',
    respondMedian: 'First answer',
    restoreMedian: 'Working again',
    resolveMedian: 'End',
    respondRate: 'First answer',
    restoreRate: 'Working again',
    resolveRate: 'End',
    component: 'Component',
    problem: 'Problem',
    count: 'Count',
    share: 'Share',
    lines: 'Lines',
    filledAtOnce: 'At once',
    fillRate: 'At once, share',
    pieces: 'Pieces',
    repairs: 'Repairs',
    touchesPerRepair: 'Touches',
    messagesPerRepair: 'Messages',
    untouched: 'Untouched',
    untouchedShare: 'Untouched, share',
    untouchedLow: 'at least',
    untouchedHigh: 'at most',
    medianMinutes: 'Agent minutes, median',
    offers: 'Offers',
    accepted: 'Accepted',
    rejected: 'Rejected',
    timedOut: 'Timed out',
    reasons: 'Reasons',
    decided: 'Decided',
    approved: 'Approved',
    declined: 'Declined',
    expired: 'Expired',
    waiting: 'Waiting',
    withdrawn: 'Withdrawn',
  },
  lists: {
    signals: { title: 'Quality signals', about: 'Where a product fails more often, or pleases less, than chance explains: for product development.' },
    opportunities: { title: 'Opportunities', about: 'Customers for whom an offer would make sense, and why: for sales.' },
  },
}

const zh: Texts = {
  title: '维修告诉我们什么',
  lead: '每个数字都有表格、可供电子表格使用的文件，也是 REST API 的一份报告。',
  skip: '跳到数据',
  period: '时间段',
  months: (count) => `${count} 个月`,
  from: '从',
  until: '到',
  product: '产品',
  allProducts: '全部产品',
  language: 'English',
  signOut: '退出登录',
  loading: '正在载入…',
  nothing: '这段时间还没有数据。',
  nothingNoticed: '暂时没有。',
  samples: '例如',
  earlier: (count) => `更早的 ${count} 条`,
  failed: (why) => `无法读取：${why}`,
  groupBy: '分组',
  table: '以表格显示',
  asTable: '表格',
  csv: 'CSV',
  counted: '统计方法',
  interval: '细线是 95 % 置信区间：二十次里有十九次，真实比例落在其中。',
  others: (count) => `另有 ${count} 项见表格。`,
  of: (n) => `共 ${n}`,
  range: (low, high) => `${low} 至 ${high}`,
  cumulative: '累计比例',
  groups: {
    all: '全部',
    product: '产品',
    asset: '设备',
    engineer: '工程师',
    agent: '客服',
    channel: '渠道',
    priority: '优先级',
    month: '月份',
    part: '配件',
    location: '库存地点',
  },
  channels: { email: '邮件', webchat: '网页聊天', sms: '短信', whatsapp: 'WhatsApp', slack: 'Slack', botframework: 'Teams', api: 'API' },
  kinds: {
    failure_rate: '故障更多',
    failure: '某种故障更多',
    satisfaction: '满意度下降',
    failing_often: '保修期外常坏',
    asked_for_part: '询问过配件',
    end_of_life: '配件接近寿命终点',
    loved_product: '喜欢该产品',
  },
  states: { open: '未结束', ended: '已结束' },
  tiles: {
    csat: '满意的客户',
    firstTimeFix: '一次修好',
    resolve: '结束用时（中位数）',
    sla: '按承诺完成',
    untouched: '无人工处理',
    repairs: '报修数',
  },
  cards: {
    satisfaction: { title: '满意度', about: '已回答的调查中，打 4 星或 5 星的比例。' },
    'first-time-fix': { title: '一次修好', about: '一次上门或一次进店即修好，且故障没有再出现。' },
    'repeat-repairs': { title: '返修', about: '同一设备的同一故障在规定天数内再次出现。' },
    times: { title: '需要多久', about: '从报修到首次答复、设备恢复、维修结束的小时数（中位数）。' },
    sla: { title: '承诺的兑现', about: '首次答复、恢复使用和结束都在承诺的时间内。' },
    failures: { title: '哪里会坏', about: '按记录的部件和故障，从最常见的开始，并显示累计比例。' },
    'parts-fill-rate': { title: '配件当场有货', about: '申请后十分钟内由库存满足的配件行。' },
    effort: { title: '无人工处理的维修', about: '从第一句话到满意度调查，没有客服介入。' },
    touches: { title: '每次维修的工作量', about: '平均的人工处理次数和双方消息数。' },
    acceptance: { title: '接受的上门', about: '在工程师接受、退回或超时的派单中，接受的比例。' },
    quotes: { title: '同意的报价', about: '在已决定或过期的报价中，客户同意的比例。' },
    'plan-compliance': { title: '按时的巡检', about: '到期时已完成的计划巡检。' },
  },
  columns: {
    answers: '回答数',
    satisfied: '满意',
    csat: '满意比例',
    mean: '平均星数',
    low: '至少',
    high: '至多',
    over: '已结束',
    fixedFirst: '一次修好',
    rate: '比例',
    repeated: '返修',
    respondMedian: '首次答复',
    restoreMedian: '恢复使用',
    resolveMedian: '结束',
    respondRate: '首次答复',
    restoreRate: '恢复使用',
    resolveRate: '结束',
    component: '部件',
    problem: '故障',
    count: '次数',
    share: '比例',
    lines: '配件行',
    filledAtOnce: '当场有货',
    fillRate: '当场有货比例',
    pieces: '件数',
    repairs: '维修',
    touchesPerRepair: '人工处理',
    messagesPerRepair: '消息',
    untouched: '无人工',
    untouchedShare: '无人工比例',
    untouchedLow: '至少',
    untouchedHigh: '至多',
    medianMinutes: '客服分钟（中位数）',
    offers: '派单',
    accepted: '接受',
    rejected: '退回',
    timedOut: '超时',
    reasons: '原因',
    decided: '已决定',
    approved: '同意',
    declined: '拒绝',
    expired: '过期',
    waiting: '等待中',
    withdrawn: '已撤回',
  },
  lists: {
    signals: { title: '质量信号', about: '某产品的故障率上升或满意度下降超出偶然：供产品开发参考。' },
    opportunities: { title: '商机', about: '适合主动提供方案的客户及原因：供销售参考。' },
  },
}

export const texts: Readonly<Record<'en' | 'zh', Texts>> = { en, zh }
