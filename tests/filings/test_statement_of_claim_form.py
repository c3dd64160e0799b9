"""The template is the official form of 2025: its words in their order, its cells, and nothing that Word does not need.

The words are transcribed from the printed form (法〔2025〕82号, pages 98-103); labels repeated in print only because a row runs
over a page are not repeated here.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from legal_service import config
from legal_service.documents import word
from legal_service.documents.plain import words_of_docx
from legal_service.filings.facts.statement_of_claim import context
from tests.filings import claim_builders as a

BODY = (Path(config.TEMPLATES) / "statement_of_claim" / "body.docx").read_bytes()

HEAD = [
    "民事起诉状", "（金融借款合同纠纷）", "说明：", "为了方便您更好地参加诉讼，保护您的合法权利，请填写本表。",
    "1. 起诉时需向人民法院提交证明您身份的材料，如身份证复印件、营业执照复印件等。",
    "2. 本表所列内容是您参加诉讼以及人民法院查明案件事实所需，请务必如实填写。",
    "3. 本表有些内容可能与您的案件无关，您认为与案件无关的项目可以填“无”或不填；对于本表中勾选项可以在对应项打“√”；您认为另有重要内容需要列明的，可以另附页填写。",
    "4. 本表 word 电子版填写时，相关栏目可复制粘贴或扩容，但不得改变要素内容、格式设置。例如，多原告、多被告或多委托诉讼代理人等情况，可根据实际情况复制粘贴；需填写文字较多时，可根据实际对栏目进行扩容等。",
    "★特别提示★", "诉讼参加人应遵守诚信原则如实认真填写表格。",
    "如果诉讼参加人违反有关规定，虚假诉讼、恶意诉讼、滥用诉权，人民法院将视违法情形依法追究责任。",
]  # fmt: skip
PERSON = [
    "姓名：", "性别：男□女□", "出生日期：年月日民族：", "工作单位：职务：联系电话：", "住所地（户籍所在地）：", "经常居住地：", "证件类型：",
    "证件号码：",
]  # fmt: skip
ORGANISATION = [
    "名称：", "住所地（主要办事机构所在地）：", "注册地 / 登记地：", "法定代表人 / 负责人：职务：联系电话：", "统一社会信用代码：",
    "类型：有限责任公司□股份有限公司□上市公司□", "其他企业法人□事业单位□社会团体□基金会□", "社会服务机构□机关法人□农村集体经济组织法人□",
    "城镇农村的合作经济组织法人□基层群众性自治组织法人□", "个人独资企业□合伙企业□不具有法人资格的专业服务机构□",
    "所有制性质：国有□（控股□参股□）民营□其他",
]  # fmt: skip
PARTIES = [
    "当事人信息", "原告", "（自然人）", *PERSON, "原告", "（法人、非法人组织）", *ORGANISATION,
    "委托诉讼代理人", "有□", "姓名：", "单位：职务：联系电话：", "代理权限：一般授权□特别授权□", "无□",
    "被告", "（自然人）", *PERSON, "被告", "（法人、非法人组织）", *ORGANISATION,
    "第三人", "（自然人）", *PERSON, "第三人", "（法人、非法人组织）", *ORGANISATION,
]  # fmt: skip
CLAIMS = [
    "诉讼请求", "（可完整表述诉讼请求；为方便、准确梳理要点，相关内容请在下方要素式表格中填写）",
    "1. 本金", "截至年月日止，尚欠本金元（人民币，下同；如外币需特别注明）",
    "2. 利息（期内利息、复利、罚息）", "截至年月日止，欠利息元、期内利息元、复利元、罚息（违约金）元；计算方式：", "是否请求支付至实际清偿之日止：是□否□",
    "3. 是否要求提前还款或解除合同", "是□提前还款（加速到期）□ / 解除合同□", "否□", "4. 是否主张担保权利", "是□内容：", "否□",
    "5. 是否主张实现债权的费用", "是□明细：", "否□", "6. 是否主张诉讼费用", "是□", "否□", "7. 其他请求", "8. 标的总额",
    "约定管辖和诉前保全", "1. 有无仲裁、法院管辖约定", "有□合同条款及内容：", "无□",
    "2. 是否已经诉前保全", "是□保全法院：保全时间：", "保全案号：", "否□", "（如申请诉讼保全，请另行提交诉讼保全申请及相关材料）",
]  # fmt: skip
REASONS = [
    "事实与理由", "（可完整表述纠纷涉及的事实与理由；为方便、准确梳理要点，相关内容请在下方要素式表格中填写）",
    "1. 合同签订情况（名称、编号、签订时间、地点等）", "2. 合同主体", "贷款人：", "借款人：", "3. 借款金额", "约定：", "实际发放：",
    "4. 借款期限", "是否到期：是□否□", "约定期限：年月日起至年月日止",
    "5. 借款利率", "利率□%/ 年（季 / 月）（合同条款：第条）", "逾期上浮□%/ 年（合同条款：第条）", "复利□（合同条款：第条）", "罚息（违约金）□%/ 年（合同条款：第条）",
    "6. 借款提供时间", "年月日，元。", "7. 还款方式", "等额本息□", "等额本金□", "到期一次性还本付息□", "按月计息、到期一次性还本□",
    "按季计息、到期一次性还本□", "按年计息、到期一次性还本□", "其他□", "8. 还款情况", "已还本金：元", "已还利息：元，还息至年月日",
    "9. 是否存在逾期还款", "是□逾期时间：至今已逾期", "否□", "10. 是否签订物的担保（抵押、质押）合同", "是□签订时间：", "否□",
    "11. 担保人、担保物", "担保人：", "担保物：", "12. 是否最高额担保（抵押、质押）", "是□", "否□", "担保债权的确定时间：", "担保额度：",
    "13. 是否办理抵押、质押登记", "是□正式登记□", "预告登记□", "否□", "14. 是否签订保证合同 / 保函", "是□签订时间：保证人：", "主要内容：", "否□",
    "15. 保证方式", "一般保证□", "连带责任保证□", "16. 其他担保方式", "是□形式：签订时间：", "否□",
    "17. 请求承担责任的依据", "合同约定：", "法律规定：", "18. 其他需要说明的内容（可另附页）", "19. 证据清单（可另附页）",
]  # fmt: skip
WISHES = [
    "对纠纷解决方式的意愿", "是否了解调解作为非诉讼纠纷解决方式，能及时、高效、低成本、不伤和气地解决纠纷", "了解□不了解□", "是否了解先行调解解决纠纷的好处",
    "1. 立案后选择先行调解的，可以很快启动调解程序。如不同意调解，法院将依程序开庭审理案件，但可能需要经过较长一段时间的排期等待，且审理、执行周期相对较长。", "了解□不了解□",
    "2. 选择先行调解，调解成功且自动履行的免交诉讼费用，申请司法确认的不交纳诉讼费用，要求出具调解书的减半交纳诉讼费用。", "了解□不了解□",
    "3. 首次调解不成功，但仍有继续调解意愿的，可以选择更换调解组织和调解员再进行调解。调解无法达成一致意见的，法院将依程序排期开庭。", "了解□不了解□",
    "4. 依照法律规定，调解具有保密性要求，调解过程不公开，调解协议未经当事人同意不得公开。", "了解□不了解□",
    "5. 调解达成的协议具有法律效力，可以依照法律规定申请司法确认，具有强制执行效力。", "了解□不了解□",
    "是否考虑先行调解", "是□", "否□", "暂不确定，想要了解更多内容□", "具状人（签字、盖章）：", "日期：",
]  # fmt: skip
OFFICIAL = [*HEAD, *PARTIES, *CLAIMS, *REASONS, *WISHES]

PAIR, ACROSS, FORUM = (1, 2), (3,), (2, 1)
GEOMETRY = [
    *(ACROSS, ACROSS), *[PAIR] * 7,  # 说明, 当事人信息, seven party blocks
    *(ACROSS, ACROSS), *[PAIR] * 8,  # 诉讼请求, its free text, elements 1-8
    *(ACROSS, FORUM, FORUM),  # 约定管辖和诉前保全: its label column is a little wider
    *(ACROSS, ACROSS), *[PAIR] * 19,  # 事实与理由, its free text, elements 1-19
    ACROSS, *[PAIR] * 3,  # 对纠纷解决方式的意愿
]  # fmt: skip


def emptied(value: Any) -> Any:
    """A context with every box empty and every blank blank."""
    if isinstance(value, dict):
        return {name: emptied(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [emptied(value[0])]
    return "□" if value in {"☑", "□"} else ""


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def rows_of(docx: bytes) -> list[tuple[int, ...]]:
    (table,) = Document(io.BytesIO(docx)).element.body.findall(qn("w:tbl"))
    return [
        tuple(int(cell.tcPr.find(qn("w:gridSpan")).get(qn("w:val"))) if cell.tcPr.find(qn("w:gridSpan")) is not None else 1 for cell in row)
        for row in ([*line.findall(qn("w:tc"))] for line in table.findall(qn("w:tr")))
    ]  # fmt: skip


def test_blank_form_has_the_words_of_the_official_form_in_their_order() -> None:
    printed = words_of_docx(word.render(BODY, emptied(context(a.a_full_claim()))))
    assert squeezed(printed).removesuffix("1") == squeezed("".join(OFFICIAL))  # the last character is the page number


def test_no_label_is_lost_or_moved_in_a_filled_form() -> None:
    printed = squeezed(words_of_docx(word.render(BODY, context(a.a_full_claim())))).replace("☑", "□")
    position = 0
    for label in OFFICIAL:
        for fragment in re.split(r"(?=[年月日元%])|(?<=[：□年月日元第])", squeezed(label)):
            found = printed.find(fragment, position)
            assert found >= 0, (
                f"{fragment!r} of {label!r} is missing after {printed[max(0, position - 30) : position]!r}"
            )
            position = found + len(fragment)


def test_cells_are_merged_as_on_the_official_pages() -> None:
    minimal = word.render(BODY, context(a.a_minimal_claim()))
    assert rows_of(minimal) == GEOMETRY
    assert b"w:vMerge" not in zipfile.ZipFile(io.BytesIO(minimal)).read("word/document.xml")


def test_each_further_defendant_repeats_the_block_of_the_form() -> None:
    filled = word.render(BODY, context(a.a_full_claim()))
    assert rows_of(filled) == [*GEOMETRY[:5], PAIR, *GEOMETRY[5:]]
    assert squeezed(words_of_docx(filled)).count("被告（自然人）姓名：") == 2


def test_columns_have_the_width_of_the_print() -> None:
    (table,) = Document(io.BytesIO(BODY)).element.body.findall(qn("w:tbl"))
    columns = [int(column.get(qn("w:w"))) for column in table.find(qn("w:tblGrid"))]
    assert columns == [2268, 62, 7024]  # 113.4 pt, the 3.1 pt by which the forum's label is wider, 351.2 pt
    for line in table.findall(qn("w:tr")):
        for cell in line.findall(qn("w:tc")):
            span = cell.tcPr.find(qn("w:gridSpan"))
            width = int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w")))
            assert width in {2268, 2330, 7024, 7086, 9354}, (span, width)


def test_page_is_a4_with_the_margins_of_the_print() -> None:
    section = Document(io.BytesIO(BODY)).sections[0]
    assert (section.page_width.twips, section.page_height.twips) == (11906, 16838)
    assert section.page_width.twips - section.left_margin.twips - section.right_margin.twips in range(9350, 9360)


def test_fonts_are_those_of_a_court_computer() -> None:
    named = set(re.findall(r'w:eastAsia="([^"]+)"', _part("word/styles.xml"))) - {"zh-CN"}
    assert named == {"宋体", "黑体", "楷体"}


def test_package_holds_only_what_word_needs() -> None:
    names = zipfile.ZipFile(io.BytesIO(BODY)).namelist()
    assert names == [
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml",
        "word/settings.xml", "word/footer1.xml", "docProps/core.xml",
    ]  # fmt: skip
    assert len(BODY) < 20_000
    for name in names:
        etree.fromstring(_part(name).encode())


def test_every_row_with_a_tag_stays_whole_or_may_grow() -> None:
    """Short rows do not break over a page; the free texts, the bases, the remarks and the evidence may."""
    (table,) = Document(io.BytesIO(BODY)).element.body.findall(qn("w:tbl"))
    splitting = [
        "".join(node.text or "" for node in line.iter(qn("w:t")))[:6]
        for line in table.findall(qn("w:tr"))
        if line.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None
        and "{%tr" not in etree.tostring(line, encoding="unicode")
    ]
    assert splitting == ["（可完整表述", "（可完整表述", "17. 请求", "18. 其他", "19. 证据"]


def _part(name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(BODY)).read(name).decode()
