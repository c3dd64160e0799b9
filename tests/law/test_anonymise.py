"""Names hidden as courts hide them: organisations kept whole, one person written in several ways, surnames of two characters."""

from __future__ import annotations

import pytest

from legal_service.law.anonymise import hide, hide_all

KEPT = """
杭州西湖区王五便利店 上海市第一人民医院 国家金融监督管理总局 北京大学 中国工商银行股份有限公司杭州分行营业部 武汉大学 江苏银行
杭州市西湖区人民检察院 北京市朝阳区望京街道办事处 余杭区五常村村民委员会 浙江省银行业协会 杭州红星厂 杭州第二机床工厂 义乌市小王商行
成都市武侯区张三经营部 宁波某某投资合伙企业（有限合伙） 北京某某律师事务所 某某农民专业合作社 杭州市学军小学校 西湖派出所 杭州市市场监督管理局 杭州市人民政府
张三便利店 甲公司 上海某某消费金融有限公司 杭州某某信息技术部 某某公司（北京） 国家税务总局 杭州仲裁委员会 公安部 杭州海关
"""


@pytest.mark.parametrize("name", KEPT.split())
def test_an_organisations_name_is_kept_whole(name: str) -> None:
    assert hide(name) == name
    assert hide_all(["张三", name])[1] == name


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("张学", "张某"),
        ("李大学", "李某"),
        ("王中心", "王某"),
        ("张会", "张某"),
        ("王小店", "王某"),
        ("李社", "李某"),
        ("陈部长", "陈某"),
        ("欧阳中学", "欧阳某"),
        ("张海关", "张某"),
        ("张三（阳光便利店）", "张某"),
        ("李四（某某有限公司法定代表人）", "李某"),
        ("张三（个体工商户）", "张某"),
        ("阿卜杜拉·买买提社", "阿某"),
    ],
)
def test_a_person_whose_name_ends_as_an_organisations_may_is_a_person(name: str, hidden: str) -> None:
    assert hide(name) == hidden


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("淳于意", "淳于某"), ("单于飞", "单于某"), ("完颜阿骨打", "完颜某"), ("纳兰性德", "纳兰某"), ("爱新觉罗溥仪", "爱新觉罗某"),
        ("叶赫那拉杏贞", "叶赫那拉某"), ("單于飛", "單于某"), ("单雄信", "单某"),
    ],
)  # fmt: skip
def test_surnames_of_two_and_more_characters(name: str, hidden: str) -> None:
    assert hide(name) == hidden


@pytest.mark.parametrize("dot", "·•‧・･∙⋅．｡。.")
def test_one_person_with_any_dot_between_the_names(dot: str) -> None:
    written = ["阿卜杜拉·买买提", f"阿卜杜拉{dot}买买提", f"阿卜杜拉 {dot} 买买提"]
    assert hide_all(written) == ["阿某"] * 3
    assert hide_all([*written, "阿卜杜拉·艾力"]) == ["阿某1"] * 3 + ["阿某2"]


def test_a_latin_name_in_another_case_is_the_same_person() -> None:
    assert hide_all(["John Smith", "JOHN SMITH", "john  smith", "Ｊｏｈｎ Ｓｍｉｔｈ"]) == ["J"] * 4
    assert hide_all(["John Smith", "Jane Doe", "JOHN SMITH"]) == ["J1", "J2", "J1"]
    assert hide("Acme Lending Co., Ltd.") == "Acme Lending Co., Ltd."
