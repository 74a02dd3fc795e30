"""Which characters are drawn like which others, and which are not seen at all."""

from __future__ import annotations

from cleankit.lazy import expression

# ZERO WIDTH SPACE, NON-JOINER, JOINER, WORD JOINER, BYTE ORDER MARK, COMBINING GRAPHEME JOINER, the two direction marks
ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u034f\u200e\u200f")
# soft hyphens and variation selectors stand in honest words and emoji, vowel signs and lengthened joints in Arabic:
# dropped, never counted
DROPPED = frozenset(["\u00ad", "\u0640", "\u0670", *map(chr, [*range(0x064B, 0x0653), *range(0xFE00, 0xFE10)])])
# overlines, underlines and strokes drawn through letters; marks of Thai, Arabic and Indic scripts are not among them
STRUCK_THROUGH = frozenset(
    "\u0305\u0332\u0333\u0334\u0335\u0336\u0337\u0338\u033f\u0347\u035f\u20d2\u20dd\u20de\u20e0\u20e3"
)

# NFKC folds none of these: squared letters, circled and squared ones in negative, regional indicators, small capitals
LETTER_OF = {
    **{chr(base + i): chr(97 + i) for base in (0x1F110, 0x1F130, 0x1F150, 0x1F170, 0x1F1E6) for i in range(26)},
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)),
}
# honest one by one: a flag is two regional indicators, phonetics uses small capitals
HONEST_ALONE = frozenset([*map(chr, range(0x1F1E6, 0x1F200)), *"ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"])
FULL_WIDTH = expression(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
CJK = expression(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

# Traditional (and Japanese) characters of this vocabulary and of the news about it, so that one spelling serves both.
ONE_HAN = str.maketrans(
    "賭場錢樂龍賽車電遊戲體競輪盤機莊閒開戶註冊會員領驗網線專業國際門號運動點擊載應無紅頂級證檢緝處罰詐騙"
    "報偵據稱說嚴為這們與對從優惠儲値值贏獎獲馬買賣財產實現費廣東澳彩億萬營稅額條規範違辦議區長記談學訊視"
    "頻華豐環亞錄録単資質銀鑽聯繫係臺灣図収益転売対戦娯楽経済関発両検挙捜査処娛賠籌碼轉發禮贈團預測術聞單"
    "雙組織調魚鬥來勝負滾選匯換頁舉參歡臨審經濟過還進達遠銷鐵關險頭風飛館計劃導幣鏈貸當舖週購藥錶偽製寫論"
    "畢歷護駕愛慾裝聽寶亂歲絲襪觀壓減個紙債務誠責訂鐘時樣僅緊給結絡統續編縣誘備後補夢衛診療醫試題籃賓歐羅"
    "勞奧膠師樓鋼煙畫離績維職藝見認設語請貼郵釋鑒針錯隱順雞黃帶庫願搶攝顯權構槍檔氣漢狀評價薦託虛擬連數讓"
    "約壯腎藍勁鋪潤複櫃廠鈔償輕帳軟賞傳別類屬獨憑掃項鬆監撥強貨韓簡絕穩諮話須隊陽撲鳳籤滿賺總擔養執態聲譽"
    "適標淨覽鍵綜節圍積極殺倫兒熱顏騷陰識則詢間紀創爲鄉書於侖偉僞傭傾兌興獸內軍決剛刪剎劑劇勢協廳籲喫嗎唄"
    "響噴囑園圖塊墊墮殼奪妝婦壽將牀彈歸憶憂戰擾擋搗攤暈槓檻毀漲獻暢癡癮蓋碩確祕穢竅窩筆築縱紹綠纜締繕繳羣"
    "膽騰艦蘋莖蕩蓮慮襲討講訣訴詞詩讀課謠謹譜敗販貿賴趕輝闢鄰鏟閃陸",
    "赌场钱乐龙赛车电游戏体竞轮盘机庄闲开户注册会员领验网线专业国际门号运动点击载应无红顶级证检缉处罚诈骗"
    "报侦据称说严为这们与对从优惠储值值赢奖获马买卖财产实现费广东澳彩亿万营税额条规范违办议区长记谈学讯视"
    "频华丰环亚录录单资质银钻联系系台湾图收益转卖对战娱乐经济关发两检举搜查处娱赔筹码转发礼赠团预测术闻单"
    "双组织调鱼斗来胜负滚选汇换页举参欢临审经济过还进达远销铁关险头风飞馆计划导币链贷当铺周购药表伪制写论"
    "毕历护驾爱欲装听宝乱岁丝袜观压减个纸债务诚责订钟时样仅紧给结络统续编县诱备后补梦卫诊疗医试题篮宾欧罗"
    "劳奥胶师楼钢烟画离绩维职艺见认设语请贴邮释鉴针错隐顺鸡黄带库愿抢摄显权构枪档气汉状评价荐托虚拟连数让"
    "约壮肾蓝劲铺润复柜厂钞偿轻帐软赏传别类属独凭扫项松监拨强货韩简绝稳咨话须队阳扑凤签满赚总担养执态声誉"
    "适标净览键综节围积极杀伦儿热颜骚阴识则询间纪创为乡书于仑伟伪佣倾兑兴兽内军决刚删刹剂剧势协厅吁吃吗呗"
    "响喷嘱园图块垫堕壳夺妆妇寿将床弹归忆忧战扰挡捣摊晕杠槛毁涨献畅痴瘾盖硕确秘秽窍窝笔筑纵绍绿缆缔缮缴群"
    "胆腾舰苹茎荡莲虑袭讨讲诀诉词诗读课谣谨谱败贩贸赖赶辉辟邻铲闪陆",
)
TO_LATIN = dict(zip("аеорсхукмтнвіѕјёԁһգαβεηικνορτυχωγ", "aeopcxykmthbisjedhgabenikvoptuxwy", strict=True))
TO_CYRILLIC = dict(zip("aeopcxykmthbi", "аеорсхукмтнві", strict=True))
LEET_LETTERS = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "!": "i",
}
LEET_CYRILLIC = {"0": "о", "1": "и", "3": "з", "4": "ч", "6": "б", "@": "а"}

# letters that Arabic and Persian keyboards and writers take for one another
ONE_ARABIC = str.maketrans("أإآٱىةیک", "اااايهيك")
# Stands for a sum of money or a percentage in a term; and what such a sum may begin with.
SUM = "#"
SUM_BEGINS = "0123456789٠١٢٣٤٥٦٧٨٩一二三四五六七八九十两几%$€£¥₹₺₩฿₫₽+r"
# What folding makes of single characters, one for one: as much as a search through everything needs.
ONE_SPELLING = ONE_HAN | ONE_ARABIC | {ord("ı"): ord("i")}


def is_unspaced(char: str) -> bool:
    """Whether a letter belongs to a script written without blanks between words, or with endings glued on (Korean)."""
    return "\u0e00" <= char <= "\u0eff" or "\u1780" <= char <= "\u17ff" or "\u3040" <= char <= "\ud7af"


def continues(before: str, char: str) -> bool:
    """Whether a letter goes on with the word before it."""
    if not (char.isalpha() and before.isalpha()):
        return False
    return (char < "\u0e00" and before < "\u0e00") or not (is_unspaced(char) or is_unspaced(before))
