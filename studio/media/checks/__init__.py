"""Checks: questions about a media file, each answered pass, fail or unsure, with evidence."""

from studio.media.checks.all import checks as checks
from studio.media.checks.check import Answer as Answer
from studio.media.checks.check import Check as Check
