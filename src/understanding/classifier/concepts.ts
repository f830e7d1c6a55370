// Ideas that many words stand for, in both languages: what is learnt of "technician" holds for "engineer" and 师傅.

const concepts: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    'visit',
    /\b(?:appointments?|appt|apointments?|visits?|slots?|call ?outs?|booking|time slots?|home visit|schedule|date|pick ?up)\b|上门|预约|到府|约好|现场|到家服务|取件/,
  ],
  [
    'expert',
    /\b(?:technicians?|engineers?|repair ?(?:man|men|guy)|plumber|electrician|mechanic|guy|guys|serviceman|fitter|your man)\b|师傅|工程师|技术员|维修(?:工|人员|师)|修理工|技师/,
  ],
  [
    'come',
    /\b(?:come|comes|coming|came|arrive[sd]?|arriving|arrives|show(?:ed|s|ing)? up|turn(?:ed|s)? up|sends?|drive out|be here|get here|stop by|swing by)\b|来|到了|派|过来/,
  ],
  [
    'change',
    /\b(?:change[sd]?|changing|move[ds]?|moving|shift|swap|switch|different|another (?:day|date|time|slot|afternoon|morning)|other (?:day|date|time)|new (?:date|time|slot|appointment)|rather|instead)\b|改到|改成|改在|改约|改一下|换个|换成|换到|换一|调整|调到|变更|更改|另一天|别的日子|重新约|重新安排|再约/,
  ],
  [
    'postpone',
    /\b(?:re-?schedul\w*|reshed\w*|postpone[ds]?|postponing|delay(?:ed)?|push (?:it |back|the)|push\w* back|bring (?:the \w+ )?forward|earlier|sooner|later than|an hour later|re-?book\w*|rearrange\w*|put off)\b|改期|推迟|延期|延后|推后|提前|往后|顺延|改天|改约|晚一点来|早一点来|晚点来/,
  ],
  [
    'cantmake',
    /\b(?:can'?t|cannot|won'?t|wont|not able to|unable to|not going to) (?:make it|make|be (?:home|there|in|at home|around|available)|do)\b|\b(?:not|won't be|wont be) (?:at )?(?:home|there|available|in)\b|\bsomething came up\b|\bstuck at work\b|\bout of town\b|\bdoesn'?t (?:work|suit)(?: for)? (?:me|us)\b|\bno longer (?:works|suits)\b|不在家|没空|不方便|有事|来不了|去不了|赶不(?:上|回)|家里没人|不行了|出差|外地|约好的时间/,
  ],
  [
    'cancel',
    /\b(?:cancel\w*|cancle\w*|call(?:ed|ing)? off|withdraw\w*|revoke|annul|void|abort|scrap|scratch|delete|remove|drop|close (?:the|my|this|it)|never ?mind|forget (?:it|about))\b|取消|撤销|撤回|撤单|撤了|作废|销单|关单|关掉|关闭|删掉|删了|删除|退了|算了|停止|结束/,
  ],
  [
    'unneeded',
    /\b(?:no longer (?:need\w*|required?|necessary|want)|not (?:needed|required|necessary)|don'?t (?:need|want|bother|have to|require)|dont (?:need|want|come|send)|doesn'?t (?:need|have) to|no need|needn'?t|not necessary|any ?more|don'?t (?:come|send)|do not (?:come|send|need|want))\b|不用|不需要|不必|无需|不要|别(?!人|的|处)|不修|不想修/,
  ],
  [
    'selffixed',
    /\b(?:works? (?:again|now|fine|perfectly)|working (?:again|now|fine)|fixed (?:it )?(?:itself|myself|ourselves)|solved (?:it|itself)|resolved (?:itself|on our)|by itself|unplugged|bought a new|new one|threw|gave (?:it|the \w+) away|problem (?:is )?gone|fault is gone|sold|neighbou?r fixed|fixed now)\b|自己好|好了|能用了|修好了|买了?新|扔了|送人|卖了|没插|正常了|解决了|没问题了/,
  ],
  [
    'quote',
    /\b(?:quot(?:e|es|ed|ation|ations)|offers?|estimates?|price[ds]?|pric(?:e|ing|ey)|costs?|amount|budget|expensive|cheap(?:er)?|pay|paying|fees?|charges?|rip ?off|dollars?|euros?|pounds?|usd|eur|bucks|proposal|invoice amount|afford|money)\b|[$€£¥]\s?\d+|报价|价格|价钱|价位|估价|费用|金额|预算|方案|贵|便宜|付|块钱|这个价|多少钱|报价单|元/,
  ],
  [
    'accept',
    /\b(?:accept(?:ed|ing|able)?|approv\w+|aprov\w+|authori[sz]\w+|agree[ds]?|go ahead|proceed|go for it|green light|carry on|carry out|fine with|ok with|okay with|happy with the|signed|granted|do it|let'?s do)\b|接受|同意|批准|认可|授权|可以修|修吧|就这么办|继续修|没意见|没问题|按这个|按报价|通过/,
  ],
  [
    'reject',
    /\b(?:declin\w+|reject\w*|refus\w+|turn(?:ed|ing)? (?:it |down|your)|disapprov\w+|disagree|not approv\w+|not accept\w*|too (?:expensive|much|high|pricey|steep)|can'?t afford|not worth|over our budget|no deal|out of the question|say no|won'?t pay|not paying|pass on)\b|拒绝|不同意|不接受|不批|没批|否了|拒了|太贵|太高|不值|不划算|超出预算|修不起|不付|不考虑|接受不了|不能接受|不认可|不成交/,
  ],
  [
    'part',
    /\b(?:parts?|spares?|spare parts?|replacement|accessor(?:y|ies)|filters?|belts?|seals?|gaskets?|knobs?|charger|adapters?|cartridges?|bags?|blades?|batter(?:y|ies)|remote|hose|handle|bearing|shelf|rack|lid|pedal|screws?|fuses?|brush(?:es)?|key|cable|motor|pump|sensor)\b|配件|零件|备件|耗材|滤芯|滤网|皮带|跑带|密封圈|门封|旋钮|充电器|电源线|适配器|刀片|电池|遥控器|水管|把手|轴承|隔板|盖子|踏板|螺丝|保险丝|碳刷|润滑|尘袋|水泵|电机|控制板|除垢剂/,
  ],
  [
    'buy',
    /\b(?:buy|buying|order(?:ing|ed)?|purchas\w+|sell|ship|in stock|supply|get (?:a|another|the|me)|send me|where (?:can|do|could) i|looking for|available as|deliver\w*|carry)\b|买|订|购|卖|发货|有货|单买|寄|下单|来一[个套]/,
  ],
  [
    'inspect',
    /\b(?:inspect\w*|maint[ea]n[ae]nce|servicing|check[- ]?ups?|service check|tune[- ]?up|annual\w*|yearly|preventi?ve|preventative|routine|periodic\w*|calibrat\w+|overhaul|safety (?:check|test)|health check|quarterly|half-yearly|statutory|certificat\w+|(?:service|check|inspection|maintenance) (?:is )?due|serviced)\b|保养|年检|检验|检查|巡检|维护|体检|校准|例行|定期|年度|检修|预防性|清洗/,
  ],
  [
    'anger',
    /\b(?:complain\w*|unacceptable|ridiculous|outrageous|terrible|horrible|awful|worst|appalling|disgusting|disgrace\w*|rude|unprofessional|incompetent|disappoint\w*|furious|angry|fed up|sick (?:and tired|of)|shame|scandal|refund|money back|compensation|lawyer|bad review|cheated|lied|useless|joke|never again|unbelievable|unhappy|dissatisfied|not happy|poor (?:customer )?service|damaged my|broke my|scratched|mess|overcharged|charged (?:me )?twice|billed|reversed|dissatisf\w*|displeasure|no[- ]?show(?:ed|s)?|in a row|ripped off|a con\b|sloppy|shoddy|filthy|trampled|wrecked|smashed|rubbish|thie(?:f|ves)|crooks?|robbery|not good enough|fobbed|pillar|how come|for nothing|patience|hung up|on hold|vanished|unacceptably|apologi[sz]\w*|wasted|badly)\b|投诉|客诉|过分|离谱|失望|生气|气死|太差|很差|差劲|差评|垃圾|烂|态度|骗|退款|退钱|赔偿|律师|消协|不像话|受够|不满|不专业|丢人|坑|气人|烦死|爽约|放鸽子|鸽子|收费|多收|扣了|收了我|收我|黑心|宰|抢钱|坑人|白等|踢皮球|冷漠|冲我|凶|不像样|说法|赔|什么意思|做不做生意|划痕|砸|踩坏|压坏|刮花|弄坏|浪费|不道歉|无语/,
  ],
  [
    'human',
    /\b(?:human|person|people|agent|operator|representative|rep|somebody|someone|anyone|anybody|staff|employee|advis[oe]r|manager|supervisor|boss|colleagues?|live chat|customer (?:service|support|care)|support team|hotline|phone number)\b|人工|真人|客服|工作人员|员工|经理|主管|专人|负责人|老板|活人|同事|接线员|顾问/,
  ],
  [
    'talk',
    /\b(?:talk|speak|chat|call me|phone me|ring me|call(?:ed)? back|connect|transfer|put me through|forward me|escalate|contact me|get me|hand me over|discuss|reach)\b|转接|转给|转人|接通|说话|聊|沟通|打电话|回电|联系我|谈/,
  ],
  ['bot', /\b(?:bots?|robots?|machine talking|ai|chatbot|automated)\b|机器人/],
  [
    'again',
    /\b(?:again|still|came back|come back|comes back|returned|is back|back again|persists?|same (?:problem|issue|fault|error|thing|noise|story)|as before|like before|reopen|re-open|once more|second time|third time)\b|又|还是|仍然|依旧|依然|再次|复发|老样子|一样|重新打开|重开|同样|毛病/,
  ],
  [
    'repaired',
    /\b(?:repaired|after the repair|since the repair|the repair (?:did|lasted|held)|fixed (?:it )?(?:last|yesterday|on)|was fixed|been fixed|after (?:your|the) visit|you(?:r guy)? (?:fixed|repaired|replaced|were here)|not fixed|not solved|not resolved|resolved|didn'?t (?:help|hold|work|solve)|did not (?:help|hold|work|solve))\b|修过|修完|修好|没修好|修了|没解决|解决|没用|没起作用|来过/,
  ],
  [
    'status',
    /\b(?:status|updates?|news|progress|eta|how (?:long|far|much longer|is it|are things)|when (?:will|is|are|can|do|does)|where(?:'?s| is| are)|any (?:word|idea)|ready|finished|done|heard (?:anything|back|nothing)|waiting|follow(?:ing)? up|checking in|what stage|on (?:his|the) way|on schedule|still on)\b|进度|进展|状态|情况|消息|什么时候|啥时候|几点|多久|几天|到哪|好了吗|好了没|怎么样|修好没|还要等|没人联系|催|查|收到.{0,6}吗|到了吗|到了没|出发/,
  ],
  ['repairwish', /\b(?:repair(?:s|ed|ing)?|fix(?:ed|ing)?|mend|fault|broken|not working|doesn'?t work|problem|issue|report)\b|报修|维修|修理|修一下|坏|故障/],
  ['thanks', /\b(?:thank\w*|thx|thanx|tysm|ty|cheers|appreciate\w*|grateful|obliged|ta)\b|谢|感激|感恩|辛苦|多谢/],
  [
    'praise',
    /\b(?:great|perfect\w*|awesome|wonderful|brilliant|excellent|lovely|super|good job|nice|kind|fast|legend|champ(?:ion)?|star|hero|spot on|top (?:job|notch)|nailed|purr\w*|like (?:new|a dream|a charm)|good as new|hats off|kudos|chuffed|delighted|pleased|10 ?(?:out of|outta|\/) ?10|compliment|deserves|bonus|raise|recommend|lifesaver)\b|太好了|太棒|真棒|完美|厉害|很好|真好|干得好|没得说|手艺|靠谱|给力|点赞|杠杠|满分|专业|好评|跟新的|像新的|终于修好|总算好|漂亮|牛|大推|用心/,
  ],
  [
    'hello',
    /\b(?:hi|hello|hey|hiya|heya|howdy|yo|good (?:morning|afternoon|evening|day|night)|greetings|bye|goodbye|cya|see you|have a (?:nice|good|great)|take care|happy new year|merry christmas|how are you|whats up|what'?s up|nice to meet|haha\w*|lol)\b|你好|您好|妳好|嗨|哈喽|哈罗|早上好|下午好|晚上好|中午好|早安|晚安|再见|拜拜|在吗|有人吗|周末愉快|快乐|哈哈|很高兴认识|保重/,
  ],
  ['you', /\b(?:are you|who are you|your name|do you (?:like|sleep|speak)|who made you|you(?:'re| are) (?:cute|funny))\b|你是|你叫|你多大|谁开发/],
  [
    'extra',
    /\b(?:also|forgot to|additional|additionally|in addition|by the way|btw|ps|fyi|for your info\w*|one more thing|just (?:to add|so you know|letting you know)|please (?:note|add)|update:|attached|attachment|here(?:'s| is| are)|as (?:requested|discussed)|uploaded|regarding|correction|typo|more details|further to|enclosed)\b|补充|另外|还有|对了|顺便|忘了说|忘记说|忘了讲|备注|附上|附件|照片|图片|视频|发给你|更正|打错|写错|你要的|你们要的|关于|说一声|上传/,
  ],
  [
    'access',
    /\b(?:door|gate|code|key|buzzer|bell|floor|lift|elevator|parking|park|entrance|reception|dog|stairs|ladder|mat|doorbell|concierge|building|tenant|landlord)\b|门禁|密码|钥匙|物业|电梯|楼|停车|狗|门铃|前台|租客|梯子|入口|大门/,
  ],
  [
    'mine',
    /\b(?:my (?:new |correct |right )?(?:phone|number|address|email|e-mail|name|mobile)|serial|model|the address is|invoice|receipt|warranty|label|bought (?:it |in|on)|made in)\b|我的(?:电话|地址|邮箱|手机)|序列号|型号|发票|购买|标签|保修期|邮箱|手机号|地址/,
  ],
  [
    'yes',
    /\b(?:yes|yep|yup|yeah|yea|ya|ok|okay|sure|correct|right|exactly|confirm\w*|perfect|absolutely|of course|agreed|indeed|true|affirmative)\b|是的|对的|没错|好的|正确|确认|可以|嗯|行|确定|当然|无误/,
  ],
  ['no', /\b(?:no|nope|nah|not|wrong|incorrect|false|mistake|never)\b|不对|不是|错|有误|没有|不正确|不行|弄错|否/],
  [
    'know',
    /\b(?:skip|pass|next|don'?t know|dont know|no idea|not sure|unsure|unknown|no clue|dunno|idk|can'?t find|cant find|can'?t (?:see|read|get)|don'?t have|dont have|do not have|there (?:is|isn'?t) (?:no|one|any)|no (?:label|serial|number|photo|photos|receipt)|don'?t remember|forgot|unreadable|n\/a|none|not available|prefer not|rather not|no preference|doesn'?t matter|whatever|leave it|without)\b|跳过|略过|下一[个题]|不知道|不清楚|不晓得|不确定|找不到|看不[清到见]|没有(?:标签|照片|序列号)|不记得|忘了|忘记|不想(?:说|答|提供)|无所谓|随便|没概念|够不[到着]|空着|不方便(?:说|提供|透露)/,
  ],
  [
    'later',
    /\b(?:later|not now|in a (?:bit|minute|moment|while|sec)|one (?:moment|sec|minute)|a (?:moment|minute|sec|second)|wait|hold on|hang on|brb|get back to you|when i(?:'?m| am| get)|as soon as|have to (?:check|look|ask|find)|need to (?:check|look|ask|find|get up)|let me (?:check|see|look|ask|get|find)|busy|driving|at work|in a meeting|on my way|tonight|this evening|remind me|soon|maybe|some other time)\b|稍后|稍等|等[一会下等我]|晚点|晚上|回头|待会|过会|一会|马上|改天|以后|开车|上班|开会|在忙|路上|回家|到家|我先|我查|我看|我问|问下|问一下|要问|手上没有|提醒我/,
  ],
  [
    'back',
    /\b(?:back|previous|undo|return|redo|reverse|oops|last (?:question|answer)|step back|one back|the question before|previous answer)\b|返回|上一|前一|回到|退回|后退|回退|往回|回去|撤销上|重填|刚才|倒回/,
  ],
  [
    'general',
    /\b(?:opening hours|open|shop|store|warranty cover\w*|how (?:do|to|often|old|many|much)|what (?:is|are|does|should|colou?r)|who (?:is|won|are)|can i (?:pay|rent|use|trade|download)|do you (?:ship|sell|offer|repair|fix|buy|take|have|also|install)|difference|manual|password|job|hiring|apply|joke|weather|pizza|translate|book me a flight|recommend|discount|newsletter|vat|ceo|payment methods?)\b|营业|开门|门店|门市|店在|保修(?:包括|期|范围)|保固|怎么(?:用|清洗|连|走|重置)|多少钱|推荐|区别|说明书|密码|招人|应聘|笑话|天气|披萨|翻译|机票|优惠|付款方式|刷卡|退订|税号|目录|以旧换新|收现金/,
  ],
  [
    'asks',
    /^(?:(?:hi|hello|hey|so|and|please)[ ,]+)*(?:is|are|am|did|do|does|has|have|was|were|when|where|wheres|who|whos|how|hows|what|whats|why|which|will|any)\b|\b(?:do you know|wondering|tell me|let me know|know (?:when|where|how|if|what|whether)|could you (?:tell|look|check))\b|吗|呢|没有?[?？]?$|是不是|有没有|什么|哪|怎么|多少|几|谁|为什么|是否/,
  ],
  [
    'canyou',
    /\b(?:can|could|would|may|might) (?:i|you|we|u|someone|somebody|he|she|the \w+)\b|\bis it possible\b|\bany chance\b|能不能|可不可以|可以.{0,12}[吗嗎]|能.{0,12}[吗嗎]|麻烦|请|帮/,
  ],
  [
    'want',
    /\b(?:i|we)(?:'d| would)? (?:want|need|like|prefer|wish)\b|\b(?:i|we) (?:want|need|would like|have to|must)\b|\b(?:want|need|id like|looking) (?:to|a|an|the|for|two|new|some|someone|part)\b|想|要|需要|希望|打算/,
  ],
  ['promise', /\b(?:promised|supposed to|was told|said (?:he|you|they|someone)|agreed|nobody|no one|noone)\b|说好|说是|答应|没人|专门请假/],
  [
    'wait',
    /\b(?:weeks?|days?|months?|hours?) (?:now|already|ago)|been (?:\d+|two|three|four|five|six|a) (?:weeks?|days?|months?|hours?)|how long\b|等了|[一二三四五六两几\d]+[天周个].{0,3}了/,
  ],
  ['already', /\b(?:already|yet|still|so far)\b|已经|还没|还在|到现在/],
  ['happy', /\b(?:fair|reasonable|fine|okay|ok|acceptable|within|good|works for)\b|合理|不错|可以|满意|OK|ok/],
  [
    'channel',
    /\b(?:text me|sms|whatsapp|by text|by email|email me|text messages?|e-?mail instead|notifications?)\b|短信|简讯|邮件通知|whats ?app|发邮件|用邮箱|电子邮件|邮件/,
  ],
  [
    'stray',
    /\b(?:weather|forecast|rain(?:ing)?|snow|football|soccer|basketball|match|league|movie|film|netflix|spotify|youtube|facebook|instagram|tiktok|amazon|ebay|aliexpress|dhl|ups|fedex|usps|parcel|pizzas?|burgers?|sushi|restaurant|menu|vegan|recipe|cook|hotel|flights?|trains?|taxi|uber|concert|tickets? (?:to|for)|doctor|dentist|hospital|medicine|headache|my (?:cat|dog|knee|head|tummy|girlfriend|boyfriend|mum|mom|crush)|homework|maths?|exam|poem|story|joke|capital of|president|election|lottery|lotto|bitcoin|crypto|stocks?|shares|loan|mortgage|credit card|seo|marketing|leads|webinar|followers|ranking|website|inheritance|prize|winner|click (?:here|the)|horoscope|girl|date with|met (?:at|last)|wrong (?:number|person|chat)|song|music|cv|resume|vacanc(?:y|ies)|hiring|job|position|apprentices?|internship|sofa|sell my|rent|visa|passport|language)\b|天气|下雨|下雪|气温|足球|篮球|球赛|比赛|电影|电视剧|歌|快递|顺丰|外卖|淘宝|京东|拼多多|美团|抖音|微博|微信|qq|披萨|火锅|餐厅|好吃|菜谱|机票|高铁|火车票|酒店|打车|医院|医生|头疼|感冒|发烧|猫|狗|宠物|作业|考试|作文|数学|总统|选举|首都|彩票|中奖|股票|股市|基金|比特币|贷款|信用卡|办卡|逾期|推广|优化|代开|厂家|供应|合作|加盟|二手|出售|私聊|兼职|招聘|招人|应聘|求职|简历|岗位|实习|男朋友|女朋友|失恋|同学|亲爱的|妈妈?我|发错|打错|星座|运势|游戏账号|链接|红包|房租|租房|护照|签证|驾照|英语|翻译/,
  ],
  ['danger', /\b(?:smoke|gas|fire|sparks?|burning|shock)\b|冒烟|煤气|燃气味|着火|触电|漏电/],
]

const negated =
  /(?:\b(?:not|never|no|without|against|cannot|hardly|dont|doesnt|didnt|wont|cant|isnt|havent)|n't)(?: [a-z']+){0,2} ?$|(?:不|没有?|别|无需|未|勿)[\u4e00-\u9fff]?$/
const mostIdeas = 9

/** The ideas of a text in the order in which they are first named; `no-` before those that are denied. */
export function ideasOf(folded: string): string[] {
  return concepts
    .flatMap(([name, pattern]) => {
      const at = folded.search(pattern)
      return at < 0 ? [] : [{ name: negated.test(folded.slice(Math.max(0, at - 24), at)) ? `no-${name}` : name, at }]
    })
    .toSorted((one, other) => one.at - other.at)
    .slice(0, mostIdeas)
    .map(({ name }) => name)
}
