"""What services say, in the language of the window.

Services speak English, and whoever raises an error writes a plain sentence. ``python3 dev.py translate`` collects these
sentences (``error_texts``, with {0}, {1} for what differs); here one is known again by its fixed words, and what was
put into it goes into the translation. Nothing is asked of whoever raises errors.
"""

import re
from functools import cache
from string import Formatter
from typing import Final

from faceorganizer.gui.error_texts import TEMPLATES, errors

_DEEPEST: Final = 3  # reasons in reasons


def said(text: str, depth: int = 0) -> str:
    """A sentence of a service, or a part of one, in the language of the window; as it is where nobody translated it.

    Args:
        text: What was said, in English.
        depth: Within how many sentences it was found.
    """
    if depth > _DEEPEST:
        return text
    for pattern, template in _patterns():
        met = pattern.fullmatch(text)
        if met is not None:
            translated = errors.now(template)
            if translated == template:  # the window speaks English
                return text
            return translated.format(*(said(part, depth + 1) for part in met.groups()))
    return text


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """What tells each sentence from others, those with the most fixed words first."""
    parsed = [(_parts(template), template) for template in TEMPLATES]
    parsed.sort(key=lambda entry: -sum(len(part) for part in entry[0] if part is not None))
    return [(re.compile("".join(map(_expression, parts)), re.DOTALL), template) for parts, template in parsed]


def _parts(template: str) -> list[str | None]:
    """Fixed words of a template; None for what differs."""
    parts: list[str | None] = []
    for words, field, _, _ in Formatter().parse(template):
        parts.append(words)
        if field is not None:
            parts.append(None)
    return parts


def _expression(part: str | None) -> str:
    return "(.*?)" if part is None else re.escape(part)
