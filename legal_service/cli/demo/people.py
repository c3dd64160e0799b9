"""The people of the demonstration: one for each role, invented, each with a password made at set-up."""

from __future__ import annotations

from legal_service.access import files, queries
from legal_service.access import operations as access
from legal_service.cli.demo.walk import COMPLIANCE, COUNSEL, LAWYER
from legal_service.installation import Installation

PEOPLE = (
    ("lawyer", LAWYER, "林知远"),
    ("compliance", COMPLIANCE, "许衡"),
    ("collections", "collections@demo.example", "罗婧怡"),
    ("counsel", COUNSEL, "苏砚秋"),
    ("regulator", "regulator@demo.example", "顾明川"),
    ("admin", "admin@demo.example", "方承宇"),
    ("auditor", "auditor@demo.example", "沈若谷"),
)
"""Role, address, name; the order in which they are introduced."""


def introduce(installation: Installation) -> list[dict[str, str]]:
    """Add the people and give a password to whoever has none that is known; answers role, e-mail, name and password of each.

    The passwords are written to `keys/demo-logins.json` after they hold. Run again, it changes nothing.
    """
    settings = installation.settings
    known = {one["email"]: one["password"] for one in files.demo_logins(settings)}
    with installation.transaction(installation.actor(None)) as tx:
        for role, email, name in PEOPLE:
            access.add_user(tx, email=email, role=role, name=name)
    with installation.reading() as session:
        found = [queries.user_by_email(session, email) for _role, email, _name in PEOPLE]
    fresh = [user.email for user in found if user and not access.verify_password(user, known.get(user.email, ""))]
    for email in fresh:
        known[email] = access.generated_password()
        with installation.transaction(installation.actor(None)) as tx:
            access.set_password(tx, email=email, password=known[email])
    logins = [{"role": role, "email": email, "name": name, "password": known[email]} for role, email, name in PEOPLE]
    if fresh:
        files.write_demo_logins(settings, logins)
    return logins
