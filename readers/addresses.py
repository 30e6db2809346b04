"""Hashes that stand for network addresses, which the site stores nowhere.

Their key is random and changes at midnight (UTC), so that the hashes of two days cannot be
compared, nor turned back into addresses once the key is gone.
"""

import hashlib
import hmac
import ipaddress
import secrets
from datetime import UTC, datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

IPV6_NETWORK = 64  # A household has at least that many bits to choose its address from.
# What connects by a Unix socket and names no address, such as the check of the operator.
NO_ADDRESS = "no address"
# Used where the cache keeps nothing. Then each process counts for itself.
_spare_key = secrets.token_bytes(32)


def hashed_address(address: str) -> str:
    """Stands for an IPv4 address, or for the /64 that an IPv6 address is in, until midnight.

    All that is no address has one hash.
    """
    return hmac.digest(todays_key(), _network(address).encode(), hashlib.sha256).hex()[:32]


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return NO_ADDRESS
    # A server that listens on IPv6 sees those of IPv4 as ::ffff:192.0.2.7, all in one /64.
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if parsed.version == 6:
        parsed = ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False)
    return str(parsed)


def todays_key() -> bytes:
    """The key that all processes share through the cache. A new one removes that of yesterday."""
    now = timezone.now()
    key = cache.get(_name(now))
    if key is None:
        midnight = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
        # add(), not set(): another process may have been first.
        cache.add(_name(now), secrets.token_bytes(32), (midnight - now).total_seconds() + 1)
        cache.delete(_name(now - timedelta(days=1)))
        key = cache.get(_name(now), _spare_key)
    return key


def _name(day: datetime) -> str:
    return f"address-key:{day.date().isoformat()}"
