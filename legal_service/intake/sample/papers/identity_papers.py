"""Papers of who signed: identity card copy, face verification log, signing certificate, consents, notice of form terms, licence."""

from __future__ import annotations

from datetime import date

from legal_service.intake.sample import institution
from legal_service.intake.sample.credit_files import CreditFile
from legal_service.intake.sample.papers.contract import certificate_number
from legal_service.intake.sample.papers.sheet import CONTRACT, SEAL, Paper
from legal_service.law.figures import arabic_date

ESTABLISHED = date(2016, 6, 18)

CARD_CSS = f"""
{CONTRACT}
.card{{width:242pt;height:153pt;border:0.8pt solid #333;border-radius:9pt;margin:26pt auto;padding:12pt;position:relative;background:#f4f8fb}}
.card p{{font:9pt/15pt "宋体";text-indent:0;text-align:left;width:150pt}}
.card p.no{{position:absolute;bottom:10pt;width:220pt;font:10.5pt/14pt "黑体"}}
.photo{{position:absolute;right:14pt;top:22pt;width:62pt;height:80pt;border:0.5pt solid #888;text-align:center;font:9pt/80pt "楷体";color:#888}}
.purpose{{text-align:center;font:10.5pt/18pt "楷体";text-indent:0}}
"""

CARD = """<h1>居民身份证复印件</h1>
<div class="card"><div class="photo">照　片</div><p>姓名　{{ name }}</p><p>性别　{{ gender }}　　民族　{{ ethnicity }}</p><p>出生　{{ born }}</p><p>住址　{{ domicile }}</p><p class="no">公民身份号码　{{ id_number }}</p></div>
<div class="card"><p style="font:16pt/40pt '黑体';text-align:center;width:200pt">中华人民共和国<br>居民身份证</p><p class="no">签发机关　（样本）　　有效期限　{{ valid }}</p></div>
<p class="purpose">仅供办理{{ lender.PRODUCT }}借款使用　{{ on }}</p>"""

LOG = """<h1>身份核验记录</h1><p class="number">核验流水：{{ log_no }}</p>
<table><tbody><tr><td class="name">被核验人</td><td>{{ name }}</td><td class="name">身份证号码</td><td>{{ id_number }}</td></tr>
<tr><td class="name">手机号码</td><td>{{ phone }}</td><td class="name">设备标识</td><td>{{ device }}</td></tr></tbody></table>
<table><thead><tr><th>时间</th><th>步骤</th><th>结果</th></tr></thead><tbody>{% for step in steps %}<tr><td class="centre">{{ on }} {{ step.at }}</td><td>{{ step.what }}</td><td>{{ step.result }}</td></tr>{% endfor %}</tbody></table>
<p>本记录由业务系统自动生成，不含人脸图像。操作环境运行正常，数据自生成后未改动。</p>"""

CERTIFICATE = """<h1>电子签名证书及签署日志</h1>
<table><tbody><tr><td class="name">证书序列号</td><td>{{ certificate }}</td></tr><tr><td class="name">颁发者</td><td>{{ lender.SIGNING_PLATFORM }}</td></tr>
<tr><td class="name">持有人</td><td>{{ name }}（身份证号码{{ id_number }}）</td></tr><tr><td class="name">有效期</td><td>{{ on }}起一年</td></tr>
<tr><td class="name">签署文件</td><td>个人消费借款合同 {{ contract_no }}</td></tr><tr><td class="name">签署后改动检测</td><td>签署后文件未被改动</td></tr></tbody></table>
<table><thead><tr><th>时间</th><th>步骤</th><th>结果</th></tr></thead><tbody>{% for step in steps %}<tr><td class="centre">{{ on }} {{ step.at }}</td><td>{{ step.what }}</td><td>{{ step.result }}</td></tr>{% endfor %}</tbody></table>"""

CONSENT = """<h1>个人信息处理、征信查询及扣款授权书</h1>
<p>本人{{ name }}（身份证号码{{ id_number }}，手机号码{{ phone }}）授权{{ lender.NAME }}：</p>
<p>一、为订立和履行借款合同之目的，处理本人姓名、证件、联系方式、工作单位（{{ employer }}）、住址及银行账户信息；</p>
<p>二、向金融信用信息基础数据库查询并报送本人信用信息，包括逾期信息；</p>
<p>三、自本人银行卡（卡号{{ card }}）扣收借款合同{{ contract_no }}项下到期款项；</p>
<p>四、本人失联时联系紧急联系人{{ kin }}（{{ relation }}，电话{{ kin_phone }}），仅请其转告。</p>
<p>授权期限自签署之日起至债务清偿之日止。</p>
<p>授权人：<span class="signed">{{ name }}</span>　　{{ on }}</p>"""

NOTICE = """<h1>格式条款提示说明记录</h1><p>借款人{{ name }}（身份证号码{{ id_number }}）签订借款合同{{ contract_no }}前，系统对下列条款以黑体显示、弹窗提示，并由借款人逐条点选“要求说明”或“已理解”：</p>
<table><thead><tr><th>条款</th><th>提示方式</th><th>停留时间</th><th>借款人选择</th></tr></thead><tbody>{% for clause in clauses %}<tr><td>{{ clause.what }}</td><td>黑体、弹窗</td><td class="centre">{{ clause.seconds }}秒</td><td class="centre">已理解</td></tr>{% endfor %}</tbody></table>
<p>记录生成：{{ on }} {{ at }}，页面留存编号{{ log_no }}。</p>"""

LICENCE = (
    """<h1>营业执照</h1><p class="number">（副本复印件）统一社会信用代码：{{ lender.USCC }}</p>
<table><tbody><tr><td class="name">名称</td><td>{{ lender.NAME }}</td></tr><tr><td class="name">类型</td><td>有限责任公司（非银行金融机构）</td></tr>
<tr><td class="name">法定代表人</td><td>{{ lender.LEGAL_REPRESENTATIVE }}</td></tr><tr><td class="name">注册资本</td><td>伍亿元整</td></tr>
<tr><td class="name">成立日期</td><td>{{ on }}</td></tr><tr><td class="name">住所</td><td>{{ lender.ADDRESS }}</td></tr>
<tr><td class="name">经营范围</td><td>发放个人消费贷款；接受股东境内子公司及境内股东的存款；向境内金融机构借款；与消费金融相关的咨询、代理业务。</td></tr>
<tr><td class="name">登记机关</td><td>（样本登记机关）</td></tr></tbody></table>
<p>与原件核对无误。</p><div class="sides"><div class="side"></div><div class="side">"""
    + SEAL
    + """<p>（公章）</p></div></div>"""
)


def identity_card(file: CreditFile) -> Paper:
    """The copy of the borrower's identity card: a scan, as such copies are."""
    borrower, on = file.borrower, file.loan.disbursed_on
    facts = {
        **_signer(file),
        "gender": borrower.gender,
        "ethnicity": borrower.ethnicity.removesuffix("族"),
        "born": arabic_date(borrower.born),
        "domicile": borrower.domicile,
        "valid": f"{on.year - 4}.03.01-{on.year + 16}.03.01",
    }
    return Paper(
        "id_card", "身份证复印件", f"身份证复印件 {borrower.name}", CARD, facts, CARD_CSS, on, "copy", "信贷档案扫描", scanned=True
    )  # fmt: skip


def face_verification(file: CreditFile) -> Paper:
    """The log of the identity check before signing."""
    what = (
        ("姓名、身份证号码联网核验", "一致"),
        ("活体检测（眨眼、张嘴）", "通过"),
        ("人像比对", "通过，相似度高于阈值"),
        ("短信验证码", "正确"),
    )
    return _log(file, "face_verification", "身份核验记录", LOG, what, "核验系统日志")


def signature_certificate(file: CreditFile) -> Paper:
    """The certificate and the log of the signature (电子签名法 13, 21)."""
    what = (
        ("阅读合同全文至末页", "完成"),
        ("意愿确认：勾选并输入短信验证码", "通过"),
        ("调用证书签名", "成功"),
        ("加盖可信时间戳", "成功"),
    )
    return _log(
        file, "signature_certificate", "电子签名证书及签署日志", CERTIFICATE, what, institution.SIGNING_PLATFORM
    )


def authorisation(file: CreditFile) -> Paper:
    """The borrower's consents."""
    facts = {
        **_signer(file),
        "employer": file.borrower.employer or "无",
        "card": file.borrower.bank_card,
        "kin": file.kin.name,
    }
    facts |= {"relation": file.kin.relation, "kin_phone": file.kin.phone}
    return Paper(
        "authorisation", "授权书", f"授权书 {file.borrower.name}", CONSENT, facts, CONTRACT, file.loan.disbursed_on, "electronic", "签约系统导出"
    )  # fmt: skip


def form_terms_notice(file: CreditFile) -> Paper:
    """The record that the form terms were put to notice and explained (民法典 496)."""
    named = ("第三条 利率与计息", "第六条 逾期责任", "第七条 提前到期", "第九条 送达", "第十条 争议解决")
    clauses = [{"what": what, "seconds": 11 + (file.serial * 7 + place * 5) % 23} for place, what in enumerate(named)]
    facts = {**_signer(file), "clauses": clauses, "at": "10:12:40"}
    return Paper(
        "form_terms_notice", "格式条款提示说明记录", f"格式条款提示说明记录 {file.loan.contract_no}", NOTICE, facts, CONTRACT,
        file.loan.disbursed_on, "electronic", "业务系统日志",
    )  # fmt: skip


def licence() -> Paper:
    """The lender's business licence: one paper for all its loans."""
    facts = {"seal": "公章", "on": arabic_date(ESTABLISHED)}
    return Paper(
        "licence", "营业执照", f"营业执照 {institution.NAME}", LICENCE, facts, CONTRACT, ESTABLISHED, "copy", institution.NAME
    )  # fmt: skip


def _signer(file: CreditFile) -> dict[str, object]:
    borrower, loan = file.borrower, file.loan
    return {
        "name": borrower.name,
        "id_number": borrower.id_number,
        "phone": borrower.phone,
        "contract_no": loan.contract_no,
        "on": arabic_date(loan.disbursed_on),
        "log_no": f"HY{loan.disbursed_on:%Y%m%d}{file.serial:06d}",
        "certificate": certificate_number(file),
    }


def _log(file: CreditFile, kind: str, name: str, body: str, what: tuple[tuple[str, str], ...], source: str) -> Paper:
    minute = file.serial % 50
    steps = [
        {"at": f"10:{minute + place:02d}:{(file.serial * 17 + place * 23) % 60:02d}", "what": step, "result": result}
        for place, (step, result) in enumerate(what)
    ]
    facts = {**_signer(file), "steps": steps, "device": f"SB-{file.serial * 104729 % 16**8:08X}"}
    return Paper(
        kind,
        name,
        f"{name} {file.borrower.name}",
        body,
        facts,
        CONTRACT,
        file.loan.disbursed_on,
        "electronic",
        source,
    )
