"""The road to the partner: one POST, to an address checked at this moment, with an end to all waiting.

Redirects are not followed, proxies of the environment are not asked (they would go round the check of the address), and
of the answer nothing but its status is read.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from functools import cached_property
from ipaddress import ip_address

from legal_service import __version__
from legal_service.errors import Refusal
from legal_service.webhooks.addresses import Address, Target, all_permitted, literal_of, target_of
from legal_service.webhooks.facts import Outcome

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 10.0
MOST_ADDRESSES = 4


class Courier:
    """Carries deliveries for one round. Certificates: Mozilla's list, the system's, and what SSL_CERT_FILE names."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @property
    def tired(self) -> bool:
        """Whether the round has lasted long enough; what is left belongs to the next one."""
        return time.monotonic() - self._began > TOTAL_SECONDS / 2

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        import httpx  # late: the command line starts faster without it

        context = httpx.create_ssl_context()
        context.load_default_certs()
        return context

    def post(self, url: str, headers: dict[str, str], body: bytes) -> Outcome:
        """Send one delivery and answer how it ended; after ten seconds it has ended, whatever the partner does."""
        try:
            target = target_of(url)
        except Refusal:  # the rules have become stricter since the webhook was made
            return Outcome(None, blocked=True)
        loop = asyncio.new_event_loop()
        try:
            return loop.run_until_complete(asyncio.wait_for(self._post(target, headers, body), TOTAL_SECONDS))
        except TimeoutError:
            return Outcome(None)
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()  # does not wait for a resolver that hangs

    async def _post(self, target: Target, headers: dict[str, str], body: bytes) -> Outcome:
        try:
            addresses = await _addresses(target)
        except OSError:
            return Outcome(None)
        if not all_permitted(target, addresses):
            return Outcome(None, blocked=True)
        for address in addresses[:MOST_ADDRESSES]:
            status, connected = await self._try(target, address, headers, body)
            if connected:
                return Outcome(status)
        return Outcome(None)

    async def _try(
        self, target: Target, address: Address, headers: dict[str, str], body: bytes
    ) -> tuple[int | None, bool]:
        """(status, whether a connection came about): another address of the same name is tried only without one."""
        import httpx

        own = {
            "host": target.authority,
            "content-type": "application/json",
            "user-agent": f"legal-service/{__version__}",
            "accept-encoding": "identity",
        }
        timeout = httpx.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS)
        verify = self._trusted if target.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody
        extensions = {} if literal_of(target.host) else {"sni_hostname": target.host}  # the name that TLS verifies
        try:
            async with (
                httpx.AsyncClient(verify=verify, timeout=timeout, trust_env=False, follow_redirects=False) as client,
                client.stream(
                    "POST", target.at(address), headers=own | headers, content=body, extensions=extensions
                ) as answer,
            ):
                return answer.status_code, True
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return None, False
        except httpx.HTTPError:
            return None, True


async def _addresses(target: Target) -> list[Address]:
    """What the name resolves to now. `OSError` when it does not."""
    found = await asyncio.get_running_loop().getaddrinfo(
        target.host, target.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
    )
    return list(dict.fromkeys(ip_address(str(where[0]).partition("%")[0]) for *_, where in found))
