from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from studio.stats.readers import Reading, read

HERE = Path(__file__).parent / "exports"
TODAY = date(2026, 11, 16)


@pytest.fixture(scope="session")
def exports() -> Path:
    return HERE


def _truth(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["post_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="session")
def truth() -> dict[str, dict[str, str]]:
    return _truth(HERE / "truth.csv")


@pytest.fixture(scope="session")
def new_truth() -> dict[str, dict[str, str]]:
    return _truth(HERE / "new_page" / "truth.csv")


@pytest.fixture(scope="session")
def daily() -> dict[str, dict[str, str]]:
    with (HERE / "truth_daily.csv").open(encoding="utf-8", newline="") as file:
        return {row["date"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="session")
def reading():
    """Read one of the exports as if on the day it was made."""

    def one(name: str, *, zone: str | None = "Europe/London", today: date = TODAY) -> Reading:
        return read(name, (HERE / name).read_bytes(), today=today, zone=zone)

    return one


@pytest.fixture(scope="session")
def meta_main() -> str:
    return "meta/Mar-01-2026_Nov-15-2026_2600890000000001.csv"


@pytest.fixture(scope="session")
def meta_older() -> str:
    return "meta/Feb-16-2026_May-31-2026_2600890000000002.csv"


@pytest.fixture(scope="session")
def when():
    def parse(text: str) -> datetime:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)

    return parse
