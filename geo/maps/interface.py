"""The page's own words in the language that a build asks for: data/interface.csv, one row a text, one column a language."""

from __future__ import annotations

import csv
import datetime as dt
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import DataError, UsageError
from geo.files import data_folder

if TYPE_CHECKING:
    from babel import Locale

KEY, FALLBACK = "key", "en"
FORM = "#"
"""Between a text's key and the CLDR category of the number that it counts: ``count.places#few``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """The texts of one language.

    Attributes
    ----------
    language : str
        A BCP 47 tag.
    texts : mapping of str to str
        By key; placeholders stand in braces. What the language lacks is English.
    """

    language: str
    texts: Mapping[str, str]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return _locale(self.language).text_direction

    def knows(self, key: str) -> bool:
        """Tell whether there is a text of this key."""
        return key in self.texts

    def say(self, key: str, **values: Any) -> str:
        """Give a text with its placeholders filled; ``n`` chooses its plural form.

        Examples
        --------
        >>> interface("ru").say("count.places", n=3)
        '3 места'
        """
        told = {name: self.number(value) if isinstance(value, int) else str(value) for name, value in values.items()}
        text = self._form(key, values["n"]) if "n" in values else self.texts[key]
        for name, value in told.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def number(self, value: int) -> str:
        """Write a number as the language groups its digits."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - `import geo` stays cheap

        return format_decimal(value, locale=_locale(self.language))

    def day(self, text: str) -> str:
        """Write an ISO 8601 day as the language does; what is none stays.

        Examples
        --------
        >>> interface("fr").day("2020-11-02")
        '2 nov. 2020'
        """
        from babel.dates import format_date  # noqa: PLC0415

        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            return text
        return format_date(day, "medium", locale="en_GB" if self.language == FALLBACK else _locale(self.language))

    def all_of(self, words: Sequence[str]) -> str:
        """Join words as the language does: "a, b and c"."""
        from babel.lists import format_list  # noqa: PLC0415

        return format_list(words, locale=_locale(self.language))

    def for_page(self, tags: Iterable[str]) -> dict[str, Any]:
        """Give what the page needs to speak the language where a browser does not know it.

        Parameters
        ----------
        tags : iterable of str
            The languages whose names the page tells.
        """
        from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415

        locale = _locale(self.language)
        return {
            "language": self.language,
            "texts": self.texts,
            "months": [locale.months["format"]["abbreviated"][month] for month in range(1, 13)],
            "decimal": get_decimal_symbol(locale),
            "group": get_group_symbol(locale),
            "lists": dict(locale.list_patterns["standard"]),
            "languages": {tag: _language_name(tag, locale) for tag in sorted(set(tags))},
        }

    def _form(self, key: str, count: int) -> str:
        form = _locale(self.language).plural_form(count)
        return next(self.texts[name] for name in (f"{key}{FORM}{form}", f"{key}{FORM}other", key) if name in self.texts)


def languages() -> tuple[str, ...]:
    """Give the languages that the page can speak, in the order of the table."""
    return _table()[0]


@functools.cache
def interface(language: str = FALLBACK) -> Interface:
    """Give the texts of a language.

    Raises
    ------
    UsageError
        When the table has no column for it.
    """
    known, rows = _table()
    if language not in known:
        raise UsageError(f"language {language!r}: expected one of {', '.join(known)}, the columns of interface.csv")
    # A plural form that only English has stays out: the language's own "other" stands for it.
    texts = {key: row[language] or ("" if FORM in key else row[FALLBACK]) for key, row in rows.items()}
    return Interface(language=language, texts={key: text for key, text in texts.items() if text})


def spoken(language: str) -> str:
    """Give the language in which a page speaks when its values name this one: a region or script is passed over.

    Examples
    --------
    >>> spoken("fr-CA"), spoken("xx"), spoken("")
    ('fr', 'en', 'en')
    """
    own = language.partition("-")[0]
    return next((tag for tag in (language, own) if tag in languages()), FALLBACK)


@functools.cache
def _table() -> tuple[tuple[str, ...], dict[str, dict[str, str]]]:
    path = data_folder() / "interface.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows: dict[str, dict[str, str]] = {}
        for row in reader:
            if row[KEY] in rows:
                raise DataError(f"{path.name}:{reader.line_num}: {row[KEY]!r} stands twice; keep one row")
            rows[row[KEY]] = row
        return tuple(reader.fieldnames or ())[1:], rows


@functools.cache
def _locale(language: str) -> Locale:
    from babel import Locale  # noqa: PLC0415

    return Locale.parse(language, sep="-")


def _language_name(tag: str, locale: Locale) -> str:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        return Locale.parse(tag, sep="-").get_display_name(locale) or tag
    except (UnknownLocaleError, ValueError):
        name: str = locale.languages.get(tag, tag)
        return name
