"""Whether a name is an organisation's, which art. 11 of 法释〔2016〕19号 keeps whole, by how it ends.

In doubt it is a person's: a person's name shown by mistake does harm, an organisation's hidden by mistake does not. So a
word that may be a given name (学校, 中心) needs four characters, a single character (店, 厂, 部) five, and never a dot within.
张学, 李大学, 王小店 and 张三店 are people; 武汉大学, 张三便利店, 杭州红星厂 are not.
"""

from __future__ import annotations

import re

from legal_service.law.surnames import COMPOUND_SURNAMES

_ALWAYS = """
公司 银行 分行 支行 法院 检察院 医院 卫生院 卫生所 诊所 门诊部 派出所 看守所 监狱 公安局 公安厅 司法局 财政局 税务局 教育局 民政局 监管局 管理局 工商局
管理处 办事处 办公室 事务所 委员会 居委会 村委会 业委会 理事会 董事会 合作社 联合社 信用社 供销社 人民政府 营业部 营业厅 经营部 门市部 项目部 销售部 服务部
便利店 专卖店 连锁店 零售店 商店 酒店 饭店 药店 药房 超市 宾馆 旅馆 餐馆 餐厅 饭庄 面馆 网吧 理发店 美容院 洗衣店 服装店 文具店 小吃店 食品店 修理厂
加工厂 制造厂 养殖场 加油站 工作室 合伙企业 有限合伙 普通合伙 基金会 联合会 研究院 研究所 设计院 出版社 报社 电视台 旅行社 幼儿园 养老院 福利院 敬老院
博物馆 图书馆 体育馆 公证处 仲裁委 税务所 司法所 供电所 服务站 村民小组 居民小组 生产队 交警大队 消费金融 投资基金 国务院 财政部 公安部 司法部
教育部 商务部 民政部
"""
_LIKELY = """
大学 中学 小学 学校 学院 高中 协会 学会 商会 中心 集团 工厂 商行 车行 银号 书店 花店 书院 合伙 机构 企业 联社 农场 林场 牧场 市场 公社 支队 大队 总队 政府 街道
海关 工会 商城 商场 分局 总局 茶楼 党校 总社 总会 分会 分社 部队 支部 党委 党组
"""
_SINGLE = "店厂部行社馆院所局处会场站铺坊堂署厅队"
_LATIN = re.compile(r"\b(ltd|limited|inc|llc|llp|corp|corporation|company|gmbh|plc)\.?$", re.IGNORECASE)
_BRACKET = re.compile(r"[（(](?P<within>[^（）()]*)[）)]$")
_KINDS = re.compile(r"合伙$|^集团$")
_WORDS = {"always": tuple(_ALWAYS.split()), "likely": tuple(_LIKELY.split())}


def is_organisation(name: str, dots: str = "·") -> bool:
    """Whether a name is an organisation's; `dots` are the characters that part a person's names.

    >>> [is_organisation(name) for name in ("杭州西湖区王五便利店", "北京大学", "某某合伙企业（有限合伙）", "李大学", "张三店")]
    [True, True, True, False, False]
    """
    name = re.sub(r"\s+", " ", name).strip()
    if _LATIN.search(name) and " " in name:
        return True
    name = name.replace(" ", "")
    if found := _BRACKET.search(name):
        if _KINDS.search(found["within"]):
            return True
        name = name[: found.start()]
    parted = any(dot in name for dot in dots)
    if name.endswith(_WORDS["always"]):
        ending = next(one for one in _WORDS["always"] if name.endswith(one))
        return len(name) > len(ending) or len(ending) > 2
    if name.endswith(_WORDS["likely"]):
        compound = len(name) == 4 and name[:2] in COMPOUND_SURNAMES
        return len(name) >= 4 and not compound
    return len(name) >= 5 and name[-1] in _SINGLE and not parted
