// Folds spellings that mean the same into one (case, full width, quotes, traditional characters), position by position.

/** Traditional and simplified, in pairs: the characters that the patterns of this folder use, no dictionary. */
const pairs =
  '機机壞坏維维號号電电話话時时間间週周點点聲声還还謝谢後后進进狀状態态嗎吗麼么過过沒没見见樓楼區区縣县門门單单報报錯错誤误題题問问請请個个這这們们來来為为對对無无認认確确開开關关啟启動动熱热製制轉转響响煙烟氣气聯联繫系係系師师滿满評评級级會会當当從从應应該该聽听買买幾几兩两樣样體体碼码燈灯閃闪爐炉風风調调視视腦脑螢荧鍵键鈕钮溫温洩泄滲渗壓压縮缩現现換换補补遲迟覆复復复頭头貨货訂订預预約约務务員员極极爛烂讚赞贊赞優优專专業业運运洗洗衣衣碗碗櫃柜箱箱冰冰烤烤烘烘乾干燒烧淨净濾滤設设備备產产編编碼码庫库銷销訴诉說说講讲話话談谈絡络撤撤銷销較较稍稍晚晚給给發发傳传圖图張张達达華华東东廣广灣湾塊块陽阳陰阴臺台價价錢钱費费險险觸触傷伤著着裡里裏里帶带實实際际結结構构線线網网與与並并讓让將将總总經经濟济處处辦办公公寓寓棟栋號号層层鄉乡鎮镇莊庄莊庄橋桥龍龙馬马鳥鸟魚鱼劉刘張张陳陈楊杨趙赵吳吴鄭郑許许鄧邓馮冯蘇苏盧卢蔣蒋葉叶潘潘鍾钟嚴严餘余隨随寫写難难雖虽車车輛辆鐘钟飯饭飲饮館馆廠厂軟软鎖锁釋释寶宝麗丽戶户紅红綠绿藍蓝黃黄殘残劃划掛挂斷断鬆松緊紧頻频繁繁連连絲丝膽胆內内濕湿潔洁變变斷断舊旧歡欢樂乐討讨厭厌誠诚懇恳幫帮勞劳駕驾記记憶忆忘忘試试檢检測测驗验'

const simplified = new Map<string, string>()
for (let index = 0; index < pairs.length; index += 2) simplified.set(pairs[index] ?? '', pairs[index + 1] ?? '')

/** As long as the text itself, so that what is found in the one can be read from the other in the customer's own spelling. */
export function fold(text: string): string {
  let folded = ''
  for (let index = 0; index < text.length; index++) folded += foldUnit(text[index] ?? '')
  return folded
}

function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0)
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0).toLowerCase()
  if (code === 0x3000 || code === 0xa0) return ' '
  if (unit === '’' || unit === '‘') return "'"
  const lower = unit.toLowerCase()
  return simplified.get(unit) ?? (lower.length === 1 ? lower : unit)
}

/** Without punctuation around it and without courtesies, so that "Skip, please!" is "skip". Folded. */
export function bare(text: string): string {
  const plain = fold(text).replace(/[\p{P}\p{S}]+/gu, (marks) => (marks === "'" ? "'" : ' ')).replace(/\s+/g, ' ').trim()
  const courtesy = /^(?:(?:please|pls|plz|hi|hello|hey|well|um|uh|oh|so|请)\s+|请)|(?:\s+(?:please|pls|plz|sir|madam|mate|then)|[吧啊呀哦呢啦])$/
  let before
  let rest = plain
  do {
    before = rest
    rest = rest.replace(courtesy, '').trim()
  } while (rest !== before && rest !== '')
  return rest === '' ? plain : rest
}
