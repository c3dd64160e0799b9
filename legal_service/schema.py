"""All tables of the house in one place: importing this module registers every model. For migrations, set-up and tests."""

from __future__ import annotations

from legal_service.access import models as access
from legal_service.accounts import models as accounts
from legal_service.cases import models as cases
from legal_service.complaints import models as complaints
from legal_service.contacts import models as contacts
from legal_service.database import Base
from legal_service.enforcement import models as enforcement
from legal_service.exports import models as exports
from legal_service.filings import models as filings
from legal_service.intake import models as intake
from legal_service.jobs import models as jobs
from legal_service.parties import models as parties
from legal_service.reports import models as reports
from legal_service.settlements import models as settlements
from legal_service.vault import models as vault
from legal_service.webhooks import models as webhooks

ROOMS = (
    access,
    accounts,
    cases,
    complaints,
    contacts,
    enforcement,
    exports,
    filings,
    intake,
    jobs,
    parties,
    reports,
    settlements,
    vault,
    webhooks,
)

metadata = Base.metadata
