"""When a picture was taken, from its file name."""

import re
from datetime import datetime
from typing import Final

from faceorganizer.domain.pictures import latest_year, second_of

_FIRST_YEAR: Final = 1826  # of the oldest photograph that is left
_DATE: Final = r"(?P<year>\d{4})(?P<mark>[-_.: ]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)"
_TIME: Final = (
    r"(?P<hour>\d\d)(?P<colon>[-_.: ]?)(?P<minute>\d\d)(?P=colon)(?P<second>\d\d)(?:[-_.]?(?P<fraction>\d{3}))?"
)
# Neither may be part of a longer number.
_DATE_AND_TIME: Final = re.compile(rf"(?<!\d){_DATE}(?:[-_. T]| at |, )?{_TIME}(?!\d)", re.ASCII)
_DATE_ALONE: Final = re.compile(rf"(?<!\d){_DATE}(?!\d)", re.ASCII)


def taken_from_name(name: str) -> datetime | None:
    """Read the date, and the time if there, that cameras, telephones and messengers put into file names.

    Args:
        name: File name, such as "IMG_20190503_142355.jpg" or "IMG-20200101-WA0001.jpg".

    Returns:
        Local time; midnight when the name holds a date alone. None when it holds no date between 1826 and next year.
    """
    return _first(_DATE_AND_TIME, name) or _first(_DATE_ALONE, name)


def _first(pattern: re.Pattern[str], name: str) -> datetime | None:
    return next((taken for match in pattern.finditer(name) if (taken := _moment(match))), None)


def _moment(match: re.Match[str]) -> datetime | None:
    parts = match.groupdict()
    if not _FIRST_YEAR <= int(parts["year"]) <= latest_year():
        return None
    try:
        return datetime(
            int(parts["year"]),
            int(parts["month"]),
            int(parts["day"]),
            int(parts.get("hour") or 0),
            int(parts.get("minute") or 0),
            second_of(int(parts.get("second") or 0)),
            1000 * int(parts.get("fraction") or 0),
        )
    except ValueError:
        return None
