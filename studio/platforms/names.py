"""What people call the platforms."""

from __future__ import annotations

_NAMES = {
    "instagram": "Instagram",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "facebook": "Facebook",
}


def platform_name(platform: str) -> str:
    """Return a platform's name as people write it: "TikTok"; a stranger's is its own key, raw."""
    return _NAMES.get(platform, platform)
