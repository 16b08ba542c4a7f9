"""Settings as a flat list of dotted keys, such as "scan.jobs"."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from faceorganizer.domain.errors import SettingError
from faceorganizer.settings.model import AppSettings, LibrarySettings

Value = bool | int | float | str | tuple[str, ...]
Settings = TypeVar("Settings", AppSettings, LibrarySettings)

_WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


class Scope(StrEnum):
    """Where a setting is kept."""

    APPLICATION = "application"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Key:
    """One setting that exists.

    Attributes:
        name: Dotted, as "scan.jobs".
        default: Its value unless set.
        description: One sentence for a person.
        allowed: What it may be, to follow "it must be".
    """

    name: str
    scope: Scope
    default: Value
    description: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of settings."""

    key: Key
    value: Value


def keys() -> list[Key]:
    """All settings there are: the application's, then the library's."""
    return list(_keys().values())


def find(name: str) -> Key:
    """The setting of that name.

    Raises:
        SettingError: There is none; the advice names similar ones.
    """
    key = _keys().get(name.strip())
    if key is None:
        close = get_close_matches(name, _keys(), n=3, cutoff=0.4)
        advice = f"Did you mean {' or '.join(close)}?" if close else "“faceorganizer settings list” names them all."
        raise SettingError(f"There is no setting {_shown(name)}.", advice)
    return key


def entries(settings: AppSettings | LibrarySettings) -> list[Entry]:
    """All settings of one scope with their values."""
    scope = _scope(type(settings))
    return [Entry(key, value_of(settings, key.name)) for key in keys() if key.scope is scope]


def value_of(settings: AppSettings | LibrarySettings, name: str) -> Value:
    """The value of one setting.

    Raises:
        SettingError: There is no such setting, or it belongs to the other scope.
    """
    section, field = _split(name, type(settings))
    value: Value = getattr(getattr(settings, section), field)
    return value


def parse(name: str, text: str) -> Value:
    """The value that a text stands for: ``true``, ``3``, ``0.5``, ``a, b`` or ``["a", "b"]``.

    Raises:
        SettingError: There is no such setting, or the text does not fit it.
    """
    key = find(name)
    kind = _field(key).annotation
    try:
        return check(key.name, _read(kind, text.strip()))
    except (ValueError, KeyError, RecursionError) as error:
        raise _misfit(key, text) from error


def check(name: str, value: object) -> Value:
    """The value, if it is a proper one for the setting.

    Raises:
        SettingError: There is no such setting, or the value does not fit it.
    """
    key = find(name)
    field = key.name.partition(".")[2]
    try:
        checked: Value = getattr(_section(key).model_validate({field: value}), field)
    except ValidationError as error:
        raise _misfit(key, value) from error
    return checked


def with_value(settings: Settings, name: str, value: object) -> Settings:
    """A copy with one setting changed.

    Raises:
        SettingError: There is no such setting in this scope, or the value does not fit.
    """
    section, field = _split(name, type(settings))
    changed = getattr(settings, section).model_copy(update={field: check(name, value)})
    return settings.model_copy(update={section: changed})


def library_settings(values: Mapping[str, object]) -> LibrarySettings:
    """Settings from what a library keeps.

    Args:
        values: Dotted keys to JSON values. Keys this version does not know are passed over.

    Raises:
        SettingError: A value does not fit.
    """
    settings = LibrarySettings()
    for key in keys():
        if key.scope is Scope.LIBRARY and key.name in values:
            settings = with_value(settings, key.name, values[key.name])
    return settings


def library_values(settings: LibrarySettings) -> dict[str, object]:
    """What a library keeps of its settings: dotted keys to JSON values; undoes :func:`library_settings`."""
    return {entry.key.name: plain(entry.value) for entry in entries(settings)}


def plain(value: Value) -> bool | int | float | str | list[str]:
    """A value as JSON and TOML know it."""
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, Enum) else value


@cache
def _keys() -> dict[str, Key]:
    found: dict[str, Key] = {}
    for model in (AppSettings, LibrarySettings):
        for section, outer in model.model_fields.items():
            kind = outer.annotation
            assert isinstance(kind, type)
            assert issubclass(kind, BaseModel)
            for name, field in kind.model_fields.items():
                dotted = f"{section}.{name}"
                default = getattr(outer.default, name)
                found[dotted] = Key(dotted, _scope(model), default, field.description or "", _allowed(field))
    return found


def _scope(model: type[AppSettings | LibrarySettings]) -> Scope:
    return Scope.APPLICATION if model is AppSettings else Scope.LIBRARY


def _section(key: Key) -> type[BaseModel]:
    model = AppSettings if key.scope is Scope.APPLICATION else LibrarySettings
    section = model.model_fields[key.name.partition(".")[0]].annotation
    assert isinstance(section, type)
    assert issubclass(section, BaseModel)
    return section


def _field(key: Key) -> FieldInfo:
    return _section(key).model_fields[key.name.partition(".")[2]]


def _split(name: str, model: type[AppSettings | LibrarySettings]) -> tuple[str, str]:
    key = find(name)
    if key.scope is not _scope(model):
        place = "the application's settings" if key.scope is Scope.APPLICATION else "the library"
        raise SettingError(f"{key.name} is kept in {place}.")
    section, _, field = key.name.partition(".")
    return section, field


def _read(kind: Any, text: str) -> object:
    """The text as the kind of value that a field holds; bounds are checked elsewhere."""
    if kind is bool:
        return _WORDS[text.lower()]
    if kind is int:
        return int(text)
    if kind is float:
        return float(text)
    if get_origin(kind) is tuple:
        return (
            json.loads(text) if text.startswith("[") else [part for item in text.split(",") if (part := item.strip())]
        )
    return text


def _misfit(key: Key, value: object) -> SettingError:
    return SettingError(f"{key.name} cannot be {_shown(value)}: it must be {key.allowed}.")


def _shown(value: object) -> str:
    """A value as the user wrote it, fit to be printed, and not too long."""
    text = repr(value) if isinstance(value, str) else str(value)
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= 60 else f"{text[:59]}…"


def _allowed(field: FieldInfo) -> str:
    kind: Any = field.annotation
    if kind is bool:
        return "true or false"
    if kind is str:
        return "a name of 1 to 64 characters"
    if kind in (int, float):
        return f"a {'whole ' if kind is int else ''}number{_bounds(field)}"
    if get_origin(kind) is tuple:
        return "a list of texts, none of them empty"
    choices = [choice.value for choice in kind] if isinstance(kind, type) and issubclass(kind, Enum) else get_args(kind)
    assert get_origin(kind) is Literal or choices
    return "one of " + ", ".join(choices)


def _bounds(field: FieldInfo) -> str:
    low, high = "", ""
    for bound in field.metadata:
        match bound:
            case Ge(ge=limit):
                low = f" of at least {limit:g}"
            case Gt(gt=limit):
                low = f" above {limit:g}"
            case Le(le=limit):
                high = f"at most {limit:g}"
            case Lt(lt=limit):
                high = f"below {limit:g}"
    return f"{low}{' and ' if low and high else ' of ' if high else ''}{high}"
