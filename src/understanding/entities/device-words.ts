// What customers call the things that are repaired. `parts` are words for a device that is often part of another: they count where no other is named.

export const englishDevices = split(
  `washing machine|washer|washer dryer|clothes washer|dryer|tumble dryer|clothes dryer|spin dryer|fridge|fridge freezer|refrigerator|freezer|chest freezer|deep freezer|cold room|wine cooler|chiller|ice machine|dishwasher|dish washer|
  oven|stove|cooker|hob|cooktop|induction hob|gas stove|gas hob|range|range hood|cooker hood|extractor hood|microwave|microwave oven|coffee machine|coffe machine|coffee maker|espresso machine|espresso maker|coffee grinder|kettle|toaster|
  blender|mixer|stand mixer|food processor|juicer|bread maker|rice cooker|slow cooker|pressure cooker|air fryer|deep fryer|fryer|vacuum|vacuum cleaner|hoover|robot vacuum|robot vacuum cleaner|robot mower|carpet cleaner|
  air conditioner|air conditioning|air conditioning unit|air con|aircon|ac|a\\/c|ac unit|split unit|heat pump|boiler|combi boiler|water heater|hot water heater|furnace|central heating|heating|heating system|underfloor heating|ventilation|ventilation system|
  ceiling fan|extractor fan|humidifier|dehumidifier|air purifier|air cleaner|water purifier|water filter|water softener|water dispenser|water cooler|treadmill|running machine|exercise bike|spin bike|stationary bike|bike|bicycle|e-bike|ebike|e bike|
  electric bike|electric bicycle|cargo bike|mountain bike|scooter|e-scooter|e scooter|electric scooter|mobility scooter|moped|motorbike|motorcycle|elliptical|elliptical trainer|rowing machine|rower|cross trainer|stair climber|stepper|
  gym equipment|fitness equipment|laptop|notebook|computer|desktop|pc|macbook|imac|printer|3d printer|label printer|laser printer|inkjet printer|copier|photocopier|copy machine|plotter|shredder|paper shredder|laminator|phone|smartphone|cell phone|
  iphone|ipad|tablet|kindle|camera|camcorder|drone|tv|television|projector|beamer|soundbar|hi-fi|stereo|amplifier|record player|router|modem|game console|playstation|xbox|headphones|earbuds|airpods|smartwatch|smart watch|
  lawn mower|lawnmower|mower|chainsaw|hedge trimmer|leaf blower|snow blower|pressure washer|generator|compressor|air compressor|drill|welder|sewing machine|overlocker|knitting machine|elevator|lift|passenger lift|goods lift|freight elevator|service lift|
  stairlift|escalator|dumbwaiter|garage door|garage door opener|garage opener|gate opener|roller shutter|barrier|turnstile|door lock|smart lock|intercom|doorbell|alarm system|cctv|security camera|vending machine|ticket machine|cash register|card reader|
  payment terminal|forklift|pallet truck|crane|hoist|excavator|tractor|conveyor|lathe|milling machine|autoclave|centrifuge|incubator|microscope|wheelchair|hospital bed|massage chair|hearing aid|toilet|bidet|shower|hair dryer|hairdryer|steam iron|garbage disposal|
  hot tub|jacuzzi|sauna|pool pump|solar panel|inverter|wallbox|charging station|ev charger`,
)

export const englishParts = split(
  `heater|radiator|thermostat|fan|hood|monitor|scanner|speaker|console|watch|scale|pump|gate|sink|tap|faucet|iron|ice maker|grinder|server|alarm`,
)

export const chineseDevices = split(
  `洗衣机|洗烘一体机|滚筒洗衣机|烘干机|烘衣机|干衣机|洗碗机|电冰箱|冰箱|雪柜|冰柜|冷柜|展示柜|冷库|制冰机|空调|中央空调|冷气|冷气机|挂机|新风系统|新风机|新风|热水器|燃气热水器|电热水器|空气能|太阳能热水器|壁挂炉|锅炉|暖气系统|暖气片|暖气|地暖|
  燃气灶|煤气灶|电磁灶|灶具|油烟机|抽油烟机|吸油烟机|烟机|微波炉|烤箱|蒸箱|蒸烤箱|电饭煲|电饭锅|电子锅|电压力锅|高压锅|电磁炉|空气炸锅|咖啡机|磨豆机|豆浆机|破壁机|料理机|榨汁机|果汁机|面包机|饮水机|净水器|净水机|直饮机|开水器|
  空气净化器|空气清净机|清净机|加湿器|除湿机|吸尘器|扫地机器人|扫地机|洗地机|跑步机|走步机|健身车|动感单车|椭圆机|椭圆仪|划船机|健身器材|自行车|脚踏车|单车|电动车|电动自行车|电动脚踏车|电动单车|电瓶车|电动摩托车|摩托车|机车|滑板车|电动滑板车|平衡车|
  笔记本电脑|笔记本|笔电|电脑|台式机|主机|打印机|列印机|复印机|影印机|一体机|3d打印机|标签机|碎纸机|扫描仪|手机|平板电脑|平板|相机|摄像头|监控|无人机|电视机|电视|投影仪|投影机|投影|音响|音箱|路由器|游戏机|耳机|手表|电梯|客梯|货梯|扶梯|自动扶梯|
  升降机|升降平台|门锁|智能门锁|智能锁|指纹锁|密码锁|门铃|可视门铃|对讲机|保险柜|车库门|卷帘门|电动门|道闸|闸机|收银机|点钞机|售货机|自动售货机|叉车|吊车|割草机|发电机|压缩机|空压机|缝纫机|电焊机|机床|马桶|智能马桶|马桶盖|吹风机|电吹风|
  熨斗|挂烫机|按摩椅|轮椅|制氧机|呼吸机|助听器|浴霸|充电桩|逆变器|健身房器材`,
)

export const chineseParts = split(`风扇|电扇|电风扇|显示器|水泵|水龙头|花洒`)

function split(words: string): string[] {
  return words.split('|').map((word) => word.trim())
}
