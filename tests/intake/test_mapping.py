"""Chinese file names, headers and codes: understood by themselves, or through a mapping of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from legal_service import definitions
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.intake import files
from legal_service.intake.files import MAPPINGS
from legal_service.intake.layout import BY_NAME
from legal_service.intake.mapping import plain
from tests.builders import ROWS, Rows, imported, picture, write_documents, write_rows

SHEETS = {
    "lenders": "贷款人", "borrowers": "借款人", "loans": "贷款清单", "repayments": "还款流水", "charges": "费用", "waivers": "减免",
    "contacts": "催收记录", "guarantors": "保证人", "complaints": "投诉", "documents": "影像资料",
}  # fmt: skip
HEADERS = {
    "lenders": "贷款人编号 机构名称 统一社会信用代码 住所 法定代表人 职务 电话 机构类型 户名 账号 开户行",
    "borrowers": "客户号 姓名 证件类型 身份证号 性别 出生日期 手机号 户籍地址 工作单位 银行卡号 省份",
    "repayments": "借据号 还款日期 还款金额 流水号 渠道 类型 冲正流水号 指定抵充",
    "charges": "借据号 发生日 费用类型 金额 流水号 收取方 是否明示",
    "waivers": "借据号 日期 减免类型 金额 流水号 批准人",
    "contacts": "编号 借据号 联系时间 方式 方向 对象 号码或地址 结果 催收机构 催收员 内容 录音 同意",
    "guarantors": "借据号 姓名 身份证号 手机号 户籍地址 保证方式 保证期间至",
    "complaints": "投诉编号 借据号 受理日期 类型 内容 办结日期 处理结果",
    "documents": "借据号 文件类型 文件名 原件 取得日期 来源",
}
LOAN_HEADERS = {
    "product": "产品名称", "penalty_uplift": "罚息上浮比例", "compound": "是否复利", "day_count": "计息基础",
    "acceleration_clause": "提前到期条款", "agreed_court": "约定管辖法院", "agreed_court_connection": "管辖连接点", "e_service": "电子送达",
    "signed_cost_table": "已签成本明示表", "loan_no": "借据号", "contract_no": "合同编号", "borrower_no": "客户号", "lender_no": "贷款人编号",
    "principal": "贷款本金", "annual_rate": "年利率", "method": "还款方式", "term_months": "期限（月）", "disbursed_on": "放款日期",
    "first_due_on": "首次还款日", "accelerated_on": "提前到期日", "address_for_service": "送达地址", "allocation": "清偿顺序",
}  # fmt: skip
CODES = {
    "lender_type": {"consumer_finance": "消费金融公司"}, "id_type": {"id_card": "身份证"},
    "method": {"equal_instalment": "等额本息", "equal_principal": "等额本金", "interest_only": "先息后本"},
    "kind": {"payment": "还款", "deduction": "扣款", "reversal": "冲正", "service_fee": "服务费", "legal_cost": "律师费", "penalty": "罚息",
             "contract": "借款合同", "disbursement_receipt": "放款凭证", "guarantee_contract": "保证合同"},
    "channel": {"call": "电话", "letter": "信函"}, "direction": {"out": "呼出"}, "party": {"borrower": "本人", "guarantor": "保证人"},
    "outcome": {"promised": "承诺还款", "delivered": "送达"}, "liability": {"joint": "连带责任保证"},
    "original": {"electronic": "电子数据", "copy": "复印件"},
}  # fmt: skip
FLAGS = {"compound", "acceleration_clause", "e_service", "signed_cost_table", "disclosed"}


def in_chinese(sheet: str, rows: Rows) -> Rows:
    """The rows of the small tape as a Chinese core system exports them."""
    headers = LOAN_HEADERS if sheet == "loans" else dict(zip(rows[0], HEADERS[sheet].split(), strict=True))
    coded = {column.name for column in BY_NAME[sheet].columns if column.kind == "choice"} | {"id_type"}

    def cell(name: str, value: str) -> str:
        if name in FLAGS:
            return {"Y": "是", "N": "否"}[value]
        return CODES.get(name, {}).get(value, value) if name in coded else value

    return [{headers[name]: cell(name, value) for name, value in row.items()} for row in rows]


@pytest.fixture
def chinese_tape(tmp_path: Path) -> Path:
    """The small tape in Chinese and in GB18030."""
    folder = tmp_path / "清单"
    folder.mkdir()
    for name, rows in ROWS.items():
        write_rows(folder / f"{SHEETS[name]}.csv", in_chinese(name, rows), "gb18030")
    write_documents(folder, ROWS)
    return folder


def test_a_chinese_tape_in_gb18030_says_the_same_as_the_english_one(
    installation: Installation, tape: Path, chinese_tape: Path
) -> None:
    imported(installation, tape)
    before = picture(installation)
    outcome = imported(installation, chinese_tape)
    assert outcome.findings == []
    assert (outcome.batch, outcome.unchanged) == (None, 21)
    assert picture(installation) == before


def test_findings_in_a_chinese_tape_name_the_file_and_the_column_of_the_contract(
    installation: Installation, chinese_tape: Path
) -> None:
    file = chinese_tape / "还款流水.csv"
    file.write_bytes(file.read_bytes().replace(b"1100.16", b"eleven", 1))
    [finding] = imported(installation, chinese_tape).findings
    assert (finding.code, finding.where) == ("bad_amount", "还款流水.csv:2:AMOUNT")


OWN = """
sheets: {放款台账: loans}
headers:
  loans: {台账编号: loan_no, 放款净额: disbursed_amount}
values:
  method: {先用后还: bullet}
  compound: {计: Y, 不计: N}
"""


def test_a_mapping_of_ones_own_goes_over_the_built_in_one(
    installation: Installation, tape: Path, tmp_path: Path
) -> None:
    from legal_service.accounts.models import Contract
    from tests.builders import rows_of

    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    loans = (tape / "loans.csv").read_text(encoding="utf-8")
    loans = (
        loans.replace("loan_no", "台账编号", 1).replace("interest_only", "先用后还").replace("12000.00", '"12,000.00"')
    )
    (tape / "loans.csv").unlink()
    (tape / "放款台账.csv").write_text(
        loans.replace(",Y,360", ",计,360").replace(",N,365", ",不计,365"), encoding="utf-8"
    )
    outcome = imported(installation, tape, mapping=str(tmp_path / "own.yaml"))
    assert (outcome.findings, outcome.created) == ([], 21)
    assert [(row.method, row.compound) for row in rows_of(installation, Contract)] == [
        ("equal_instalment", True),
        ("equal_principal", False),
        ("bullet", True),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("headers: {loans: {编号: loan_number}}", "loan_number"),
        ("headers: {lones: {编号: loan_no}}", "lones"),
        ("sheets: {台账: ledger}", "ledger"),
        ("values: {method: {随借随还: revolving}}", "revolving"),
        ("values: {principal: {一万: 10000}}", "principal"),
        ("columns: {a: b}", "mapping"),
        ("headers: [loan_no]", "headers"),
        ("headers: {loans: loan_no}", "headers"),
        ("sheets: 台账", "sheets"),
        ("- a", "mapping"),
        ("a: [", "own.yaml"),
        ("headers: {loans: {编号: loan_no, 编号: principal}}", "own.yaml"),
        ("", "mapping"),
    ],
)
def test_a_bad_mapping_is_refused_naming_the_place(
    settled: Installation, tape: Path, tmp_path: Path, text: str, place: str
) -> None:
    before = picture(settled)
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as told:
        imported(settled, tape, mapping=str(tmp_path / "own.yaml"))
    assert told.value.code == "bad_mapping"
    assert (place in told.value.reason.zh and place in told.value.reason.en) or place == "mapping"
    assert picture(settled) == before


def test_a_mapping_that_is_no_text_or_not_there_is_refused(settled: Installation, tape: Path, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_bytes(b"\xff\xfe\x00")
    for asked, code in (
        (str(tmp_path / "own.yaml"), "bad_mapping"),
        ("nowhere", "no_mapping"),
        ("../builtin", "no_mapping"),
    ):
        with pytest.raises(Refusal) as told:
            imported(settled, tape, mapping=asked)
        assert told.value.code == code


def test_a_shipped_mapping_is_found_by_its_name(installation: Installation, tape: Path) -> None:
    assert imported(installation, tape, mapping="builtin").created == 21


def test_every_built_in_synonym_stands_for_a_column_and_for_one_only() -> None:
    definition = definitions.load(MAPPINGS / "builtin.yaml")
    for sheet, headers in definition["headers"].items():
        columns = {column.name for column in BY_NAME[sheet].recognised}
        assert set(headers.values()) <= columns
        assert not {plain(header) for header in headers} & columns
        required = {column.name for column in BY_NAME[sheet].columns if column.required}
        assert required <= set(headers.values()), f"{sheet}: no Chinese header for {required - set(headers.values())}"
    assert files.builtin_mapping().value("method", "等额本息") == "equal_instalment"


def test_every_code_has_a_chinese_word() -> None:
    known = files.builtin_mapping().values
    for sheet in BY_NAME.values():
        for column in sheet.columns:
            if column.kind == "choice" and column.name != "day_count":
                missing = set(column.choices) - set(known.get(column.name, {}).values())
                assert not missing, f"{sheet.name}.{column.name}: no Chinese word for {missing}"
