"""A proof named by its hash lies in the vault of the case, or is refused."""

from __future__ import annotations

from legal_service.database import Transaction
from legal_service.enforcement.measures import BASIS
from legal_service.errors import Refusal, Words
from legal_service.vault import queries as vault


def require_in_vault(tx: Transaction, case_no: str, proof: str) -> None:
    """Refuse (`unknown_proof`) a hash that is no item of the case; an empty one names no proof."""
    if proof and not any(one.subject == f"case:{case_no}" for one in vault.with_content(tx.session, proof)):
        raise Refusal(
            "unknown_proof",
            Words(
                zh="本案证据库中没有这份凭证；先执行 legal evidence add 案号 文件 --kind other，再填其 sha256。",
                en="the proof is not in this case's vault: legal evidence add CASE_NO FILE --kind other, then give its sha256.",
            ),
            BASIS,
        )
