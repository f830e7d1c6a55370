// What the widget itself says, in the languages it speaks; the conversation's own words come from the server.
export type WidgetLanguage = 'en' | 'zh'

export interface Texts {
  title: string
  subtitle: string
  open: string
  openUnread: (count: number) => string
  close: string
  log: string
  welcomeTitle: string
  welcome: string
  you: string
  desk: string
  typing: (who: string) => string
  message: string
  placeholder: string
  send: string
  attach: string
  attached: string
  remove: (name: string) => string
  photo: (name: string) => string
  file: (name: string) => string
  replies: string
  drop: string
  earlier: string
  latest: string
  waiting: string
  sent: string
  offline: string
  connecting: string
  notSent: string
  fileLost: string
  tooLarge: string
  tooMany: string
  wrongType: string
  opensNewTab: string
}

export const texts: Readonly<Record<WidgetLanguage, Texts>> = {
  en: {
    title: 'Repair help',
    subtitle: 'Quick answers, real people',
    open: 'Chat with us',
    openUnread: (count) => (count === 1 ? 'Chat with us, 1 new message' : `Chat with us, ${count} new messages`),
    close: 'Close chat',
    log: 'Conversation',
    welcomeTitle: 'What needs repairing?',
    welcome: 'Tell us what is wrong in your own words. A photo of the damage or of the type label helps.',
    you: 'You',
    desk: 'Repair desk',
    typing: (who) => `${who} is typing`,
    message: 'Your message',
    placeholder: 'Write a message',
    send: 'Send',
    attach: 'Add photos or files',
    attached: 'Files to be sent',
    remove: (name) => `Remove ${name}`,
    photo: (name) => `Photo: ${name}`,
    file: (name) => `File: ${name}`,
    replies: 'Suggested replies',
    drop: 'Drop photos or files here',
    earlier: 'Show earlier messages',
    latest: 'Newest messages',
    waiting: 'Waiting to be sent',
    sent: 'Sent',
    offline: 'You are offline. What you write is sent as soon as you are back.',
    connecting: 'Connecting…',
    notSent: 'This message could not be sent.',
    fileLost: 'The files were lost when the page was closed. Please add them again.',
    tooLarge: 'A file may have at most 20 MB.',
    tooMany: 'At most 10 files in one message.',
    wrongType: 'Please send photos, videos, PDF or text files.',
    opensNewTab: '(opens in a new tab)',
  },
  zh: {
    title: '维修服务',
    subtitle: '即时答复，需要时转人工',
    open: '在线咨询',
    openUnread: (count) => `在线咨询，${count} 条新消息`,
    close: '关闭对话',
    log: '对话',
    welcomeTitle: '需要维修什么？',
    welcome: '请用您自己的话描述问题。附上损坏部位或铭牌的照片会更有帮助。',
    you: '您',
    desk: '维修服务台',
    typing: (who) => `${who}正在输入`,
    message: '您的消息',
    placeholder: '输入消息',
    send: '发送',
    attach: '添加照片或文件',
    attached: '待发送的文件',
    remove: (name) => `移除 ${name}`,
    photo: (name) => `照片：${name}`,
    file: (name) => `文件：${name}`,
    replies: '建议回复',
    drop: '将照片或文件拖放到此处',
    earlier: '显示更早的消息',
    latest: '最新消息',
    waiting: '等待发送',
    sent: '已发送',
    offline: '您已离线。网络恢复后会立即发送您写的内容。',
    connecting: '正在连接…',
    notSent: '此消息未能发送。',
    fileLost: '页面关闭时文件已丢失，请重新添加。',
    tooLarge: '单个文件不能超过 20 MB。',
    tooMany: '一条消息最多 10 个文件。',
    wrongType: '请发送照片、视频、PDF 或文本文件。',
    opensNewTab: '（在新标签页中打开）',
  },
}

/** The first language asked for that we speak; English otherwise. */
export function chooseLanguage(wanted: readonly (string | undefined)[]): WidgetLanguage {
  for (const language of wanted) {
    if (language === undefined) continue
    if (/^zh\b/i.test(language)) return 'zh'
    if (/^en\b/i.test(language)) return 'en'
  }
  return 'en'
}
