"""How the questions of law are asked and answered: one form for each, in the order of the calculator's contents.

To register a question: its function in `law/schemas.py`, its form here (a question that rests on a room above `law` in
`accounts/questions.py`). The command line, the API and the calculator read nothing else.
"""

from __future__ import annotations

from legal_service.law.forms.debts import ALLOCATE, DELAY_INTEREST
from legal_service.law.forms.fees import FEE, FEE_CHANGE
from legal_service.law.forms.forum import CEILING, JURISDICTION, TRACK
from legal_service.law.forms.guarantees import GUARANTEE
from legal_service.law.forms.parts import Form
from legal_service.law.forms.time_limits import LIMITATION, PERIOD
from legal_service.law.forms.writing import AMOUNT, ANONYMISE, EXPLAIN, IDENTIFIER

FORMS: tuple[Form, ...] = (
    FEE,
    FEE_CHANGE,
    PERIOD,
    LIMITATION,
    GUARANTEE,
    DELAY_INTEREST,
    ALLOCATE,
    CEILING,
    JURISDICTION,
    TRACK,
    IDENTIFIER,
    ANONYMISE,
    AMOUNT,
    EXPLAIN,
)
