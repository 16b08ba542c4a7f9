"""Which photos are meant, in words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QDate, QLocale

from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.ids import PersonId
from faceorganizer.gui.translation import Context

rules: Final = Context("rules")


def in_words(query: PhotoQuery, names: Mapping[PersonId, str]) -> str:
    """Say which photos fit, such as "Anna and Ben, without Carl, 2019–2021".

    Args:
        query: The rule.
        names: Of people; who is missing is somebody without a name.
    """
    parts = [*_people(query, names), *_faces(query), *_dates(query)]
    if query.folder is not None:
        parts.append(rules.tr("in {folder}").format(folder=query.folder.name or str(query.folder)))
    if query.failed:
        parts.append(rules.tr("that cannot be read"))
    words = rules.tr(", ").join(parts) or rules.tr("all photos")
    return words[0].upper() + words[1:]


def _people(query: PhotoQuery, names: Mapping[PersonId, str]) -> Iterable[str]:
    if query.all_of:
        yield _listed(query.all_of, names)
    if query.only:
        yield rules.tr("only {names}").format(names=_listed(query.only, names))
    if len(query.any_of) == 1:
        yield _listed(query.any_of, names)
    elif query.any_of:
        *first, last = _known(query.any_of, names)
        yield rules.tr("{first} or {last}").format(first=rules.tr(", ").join(first), last=last)
    if query.without:
        yield rules.tr("without {names}").format(names=_listed(query.without, names))


def _faces(query: PhotoQuery) -> Iterable[str]:
    least, most = query.min_faces, 0 if query.no_faces else query.max_faces
    if most == 0:
        yield rules.tr("nobody in them")
    elif least is not None and least == most:
        yield rules.tr("%n face(s)", "", least)
    elif least is not None and most is not None:
        yield rules.tr("{least} to {most} faces").format(least=least, most=most)
    elif least is not None:
        yield rules.tr("%n face(s) or more", "", least)
    elif most is not None:
        yield rules.tr("%n face(s) at most", "", most)
    if query.unnamed:
        yield rules.tr("with somebody unnamed")


def _dates(query: PhotoQuery) -> Iterable[str]:
    if query.year is not None:
        yield str(query.year)
    first, last = query.taken_from, query.taken_to
    if first is not None and last is not None:
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            years = rules.tr("{first}–{last}").format(first=first.year, last=last.year)
            yield str(first.year) if first.year == last.year else years
        else:
            yield rules.tr("{first} to {last}").format(first=_day(first), last=_day(last))
    elif first is not None:
        yield rules.tr("since {day}").format(day=_day(first))
    elif last is not None:
        yield rules.tr("until {day}").format(day=_day(last))


def _listed(people: Iterable[PersonId], names: Mapping[PersonId, str]) -> str:
    return QLocale().createSeparatedList(_known(people, names))


def _known(people: Iterable[PersonId], names: Mapping[PersonId, str]) -> list[str]:
    return [names.get(person) or rules.tr("somebody unnamed") for person in people]


def _day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
