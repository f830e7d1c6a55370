// Folds spellings that mean the same into one (case, full width, quotes, traditional characters), position by position.

/** Traditional and simplified, in pairs: the characters that the patterns of this folder use, no dictionary. */
const pairs =
  '腳脚煞刹機机壞坏維维號号電电話话時时間间週周點点聲声還还謝谢後后進进狀状態态嗎吗麼么過过沒没見见樓楼區区縣县門门單单報报錯错誤误題题問问請请個个這这們们來来為为對对無无認认確确開开關关啟启動动熱热製制轉转響响煙烟氣气聯联繫系係系師师滿满評评級级會会當当從从應应該该聽听買买幾几兩两樣样體体碼码燈灯閃闪爐炉風风調调視视腦脑螢荧鍵键鈕钮溫温洩泄滲渗壓压縮缩現现換换補补遲迟覆复復复頭头貨货訂订預预約约務务員员極极爛烂讚赞贊赞優优專专業业運运櫃柜乾干燒烧淨净濾滤設设備备產产編编庫库銷销訴诉說说講讲談谈絡络較较給给發发傳传圖图張张達达華华東东廣广灣湾塊块陽阳陰阴臺台價价錢钱費费險险觸触傷伤著着裡里裏里帶带實实際际結结構构線线網网與与並并讓让將将總总經经濟济處处辦办棟栋層层鄉乡鎮镇莊庄橋桥龍龙馬马鳥鸟魚鱼劉刘陳陈楊杨趙赵吳吴鄭郑許许鄧邓馮冯蘇苏盧卢蔣蒋葉叶鍾钟嚴严餘余隨随寫写難难雖虽車车輛辆鐘钟飯饭飲饮館馆廠厂軟软鎖锁釋释寶宝麗丽戶户紅红綠绿藍蓝黃黄殘残劃划掛挂斷断鬆松緊紧頻频連连絲丝膽胆內内濕湿潔洁變变舊旧歡欢樂乐討讨厭厌誠诚懇恳幫帮勞劳駕驾記记憶忆試试檢检測测驗验異异畫画妳你筆笔鏡镜鐵铁鋼钢銹锈鏽锈絕绝緣缘顯显顏颜廚厨廁厕廳厅術术護护衛卫團团圍围導导邊边遠远選选適适雙双離离領领額额類类願愿顧顾飛飞騎骑驅驱鬧闹齊齐齒齿傾倾償偿儘尽儲储勝胜匯汇厲厉參参嘗尝嚇吓國国園园圓圆執执塵尘墊垫夠够學学寧宁審审尋寻屬属幹干廢废彈弹慣惯慮虑懸悬擇择擊击擋挡擔担據据擴扩攝摄敗败數数曬晒條条棄弃標标橫横權权歲岁歷历決决況况涼凉淺浅渦涡湧涌滯滞滾滚潤润濃浓灑洒災灾煩烦爭争牆墙獎奖獨独獲获環环盡尽監监盤盘眾众礎础禮礼種种稱称積积穩稳節节範范築筑簡简籃篮糾纠紀纪納纳紙纸細细終终組组統统綜综緒绪續续罰罚職职聞闻膠胶臉脸臨临舉举藥药衝冲裝装覽览觀观訊讯証证證证詢询詳详語语諮咨議议讀读負负責责質质賠赔賣卖購购趕赶軌轨輕轻輪轮輸输轟轰辭辞遊游違违遞递醫医釘钉針针鈴铃錄录錶表鏈链鍊链長长閥阀閘闸閉闭隊队階阶雜杂靜静頂顶順顺頓顿顆颗饋馈驚惊髒脏誰谁喬乔囉啰牠它佔占佈布傑杰僅仅僱雇儀仪億亿靈灵螢萤噴喷瀉泻'

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
  const plain = fold(text)
    .replace(/[\p{P}\p{S}]+/gu, (marks) => (marks === "'" ? "'" : ' '))
    .replace(/\s+/g, ' ')
    .trim()
  const courtesy = /^(?:(?:please|pls|plz|hi|hello|hey|well|um|uh|oh|so|请)\s+|请(?!问))|(?:\s+(?:please|pls|plz|sir|madam|mate|then)|[吧啊呀哦呢啦])$/
  let before
  let rest = plain
  do {
    before = rest
    rest = rest.replace(courtesy, '').trim()
  } while (rest !== before && rest !== '')
  return rest === '' ? plain : rest
}
