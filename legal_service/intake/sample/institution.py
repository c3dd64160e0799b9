"""The invented lender of the sample, its people, its partners and its collection agency."""

from __future__ import annotations

from legal_service.intake.sample.numbers import credit_code

LENDER_NO = "HM01"
NAME = "惠民消费金融有限公司"
USCC = credit_code("33", "MA000HM1")
ADDRESS = "浙江省杭州市余杭区惠泽路1号惠民金融大厦18层"
LEGAL_REPRESENTATIVE = "顾明远"
POST = "董事长"
PHONE = "0571-10008600"
ACCOUNT_NAME = NAME
ACCOUNT_NO = "99015400000000186"
ACCOUNT_BANK = "钱塘商业银行股份有限公司杭州余杭支行"
SIGNING_PLATFORM = "之江电子签名服务有限公司"
COURIER = "迅达速递"
AGENCY = "信和资产服务（杭州）有限公司"
PRODUCT = "惠民贷"
COURT = "杭州市余杭区人民法院"
COURT_CONNECTION = "贷款人住所地：浙江省杭州市余杭区"
OTHER_COURT = "宁波市鄞州区人民法院"
ARBITRATION = "钱塘仲裁委员会"
GUARANTEE_COMPANY = "浙江安信融资担保有限公司"
INSURER = "东海财产保险股份有限公司浙江分公司"
SERVICER = "杭州惠普信息技术有限公司"
NOTARY = "浙江省杭州市余杭公证处"
LAW_FIRM = "浙江明法律师事务所"
PARTNER_BANK = "钱塘商业银行股份有限公司"
OFFICERS = ("周敏", "郑海峰", "沈佳怡", "吴建平", "林晓燕")
COLLECTORS = ("HM021", "HM033", "HM047", "HM052", "HM068")
AGENTS = ("XH106", "XH118", "XH123")
APPROVERS = ("周敏（贷后管理部）", "郑海峰（风险管理部）")


def lender_row() -> dict[str, str]:
    """The line of lenders.csv."""
    return {
        "lender_no": LENDER_NO,
        "name": NAME,
        "uscc": USCC,
        "address": ADDRESS,
        "legal_representative": LEGAL_REPRESENTATIVE,
        "post": POST,
        "phone": PHONE,
        "lender_type": "consumer_finance",
        "account_name": ACCOUNT_NAME,
        "account_no": ACCOUNT_NO,
        "account_bank": ACCOUNT_BANK,
    }
