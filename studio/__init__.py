"""Studio: a terminal studio for one person who runs faceless Instagram and TikTok pages."""

__version__ = "0.1.0"
