"""Trusted timestamps (RFC 3161): asking for one, verifying one, and the demonstration authority of the house.

A timestamp shows that data existed, unaltered, at a moment that a third party names; 电子签名法(2019修正) 第十三条 asks that a
later change be detectable. It says nothing of what was before that moment.
"""

from legal_service.vault.timestamps.tokens import Digest, Stamp, embedded_chain, request, verify

__all__ = ["Digest", "Stamp", "embedded_chain", "request", "verify"]
