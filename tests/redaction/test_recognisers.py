"""Values nobody told us of are found by form and words around; contract numbers, amounts, dates and courts stay."""

from __future__ import annotations

import time

import pytest

from legal_service.redaction.detect import detect

from .a_case import CLEAN

FOUND = [
    ("身份证号11010519491231002X", [("ID_NUMBER", "11010519491231002X")]),
    ("身份证号110105194912310021（校验位写错）", [("ID_NUMBER", "110105194912310021")]),
    ("手机 138-1234-5678", [("MOBILE", "138-1234-5678")]),
    ("手机+86 138 1234 5678", [("MOBILE", "86 138 1234 5678")]),
    ("一三八一二三四五六七八打不通", [("MOBILE", "一三八一二三四五六七八")]),
    ("座机(0571)88123456", [("LANDLINE", "0571)88123456")]),
    ("卡号6222 0212 0201 1234 567", [("BANK_CARD", "6222 0212 0201 1234 567")]),
    (
        "15307121590 110105194912310021 6225880123456783",
        [("MOBILE", "15307121590"), ("ID_NUMBER", "110105194912310021"), ("BANK_CARD", "6225880123456783")],
    ),
    (
        "13812345678/13900001111、15812345678",
        [("MOBILE", "13812345678"), ("MOBILE", "13900001111"), ("MOBILE", "15812345678")],
    ),
    ("对公账号：33001616781059000123", [("ACCOUNT", "33001616781059000123")]),
    ("邮箱 li.si@example.com。", [("EMAIL", "li.si@example.com")]),
    ("车牌京A·12345和粤B12345D", [("PLATE", "京A·12345"), ("PLATE", "粤B12345D")]),
    ("护照E12345678", [("PASSPORT", "E12345678")]),
    ("通行证H12345678", [("PERMIT", "H12345678")]),
    ("加微信：lisi_88吧", [("WECHAT", "lisi_88")]),
    ("QQ：12345678", [("QQ", "12345678")]),
    ("登录IP 192.168.1.1", [("IP", "192.168.1.1")]),
    ("统一社会信用代码91350100M000100Y43", [("USCC", "91350100M000100Y43")]),
    ("浙（2019）余杭区不动产权第0012345号", [("TITLE_CERTIFICATE", "浙（2019）余杭区不动产权第0012345号")]),
    ("住四川省达州市宣汉县东乡镇石岭村3组12号。", [("ADDRESS", "四川省达州市宣汉县东乡镇石岭村3组12号")]),
    ("被告王小明，男，1990年5月6日出生，", [("PERSON", "王小明"), ("BIRTH_DATE", "1990年5月6日")]),
    ("联系人：李明，借款人王五、赵六于", [("PERSON", "李明"), ("PERSON", "王五"), ("PERSON", "赵六")]),
    ("我叫欧阳修远，妻子刘芳", [("PERSON", "欧阳修远"), ("PERSON", "刘芳")]),
    ("廖丽接听，系借款人姐妹", [("PERSON", "廖丽")]),
    ("拨打单位电话，周建国代接听。", [("PERSON", "周建国")]),
    ("王总没空，李女士来", [("PERSON", "王"), ("PERSON", "李")]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text[:12] for text, _ in FOUND])
def test_personal_data_is_found_by_rule(text, expected):
    assert [(span.kind.value, text[span.start : span.end]) for span in detect(text)] == expected


KEPT = [
    CLEAN,
    "合同编号：6225880123456783",
    "流水号13812345678，订单号：13900001111",
    "借据号JJ20230506123456、编号 NO.20230506001",
    "金额13812345.67元，共计￥6,225,880.00，利率0.0875",
    "2023-05-06 12:30:45 起息，至2024年5月6日止，共36期",
    "北京市朝阳区人民法院（2023）京0105民初12345号",
    "关于总额的问题，小程序打不开，请联系客服95588",
    "借款人逾期还款，贷款人有权宣布提前到期，被告经传票传唤无正当理由拒不到庭",
    "委托诉讼代理人的权限为特别授权，第三人未到庭",
    "浙江某某律师事务所",
    "付款人户名\n付款人账号\n收款人户名\n收款人卡号",
    "自本人银行卡扣划",
    "本人接听，客户来电，单位接听，母亲接听，程式来电，房东代接听，家人接电话，成功接听，后来电联",
    "向原告住所地人民法院起诉（贷款人住所地：浙江省杭州市余杭区）。",
    "管辖法院（贷款人住所地：浙江省杭州市余杭\n区）。",
    "管辖法院（贷款人住所地：浙江省杭州市余杭\n11.1 甲方",
]


@pytest.mark.parametrize("text", KEPT, ids=[text[:12] for text in KEPT])
def test_what_is_not_personal_stays(text):
    assert [text[span.start : span.end] for span in detect(text)] == []


def test_a_name_found_once_is_found_again_without_its_label():
    text = "联系人：李明哲。次日李明哲来电，李明哲称"
    assert [text[span.start : span.end] for span in detect(text)] == ["李明哲"] * 3


def test_the_word_after_a_name_is_not_taken_with_it():
    text = "由其配偶王婷代为转账，联系人：李明代还"
    assert [text[span.start : span.end] for span in detect(text)] == ["王婷", "李明"]


def test_long_text_without_a_break_takes_no_time_to_speak_of():
    started = time.perf_counter()
    detect("借款人应当按照约定的期限支付利息区县镇村路街" * 1000 + "1 " * 3000)
    assert time.perf_counter() - started < 10
