"""The language in which pages speak to a reader: chosen in the address (``ui=es``), else the one their browser asks for.

Texts stand in English in templates and presenters, in other languages in ``web/translations``; what has no translation
stays English. Texts in tables are marked by `later` and translated by `gettext` where they are shown.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any

import flask_babel
from babel import Locale
from babel.numbers import format_decimal
from flask import g, has_request_context, request

from tipsearch.paths import web_folder
from tipsearch.query import accepted_language, spoken_language
from tipsearch.query.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flask import Flask

#: Interface languages, each by its own name; English is the texts' own.
LANGUAGES = {"en": "English", "es": "Español", "fr": "Français", "ar": "العربية"}
_RIGHT_TO_LEFT = frozenset({"ar"})
_ENGLISH = NullTranslations()
#: Below this a number is written alike in all of them.
_GROUPED = 1_000


def install(app: Flask) -> None:
    """Let the pages of `app` speak the reader's language."""
    flask_babel.Babel(
        app,
        locale_selector=language,
        default_translation_directories=str(web_folder() / "translations"),
    )
    # Its own look up the language anew for each of the hundred texts of a page.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of jinja2.ext.i18n
        lambda text: _translations().gettext(text),
        lambda one, many, count: _translations().ngettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.filters["number"] = number


def _translations() -> NullTranslations:
    """The texts in the language of the present request."""
    # A page asks two hundred times: what stands ready is taken without looking whether there is a request.
    try:
        known: NullTranslations = g.translations
    except AttributeError:
        known = g.translations = flask_babel.get_translations()
    except RuntimeError:
        return _ENGLISH
    return known


def chosen() -> str:
    """The language that the address names, empty if it names none."""
    asked = request.args.get("ui", "").strip() if has_request_context() else ""
    return spoken_language(asked) if asked else ""


def wanted() -> str:
    """The language that readers are told in how their query was read: chosen, or else asked for by their browser."""
    return chosen() or accepted_language(request.headers.get("Accept-Language", ""))


def language() -> str:
    """The language of the page's own texts: the one wanted, English where these texts don't speak it."""
    if not has_request_context():
        return "en"
    tag = wanted()
    return tag if tag in LANGUAGES else "en"


def direction() -> str:
    """``rtl`` or ``ltr``: how the page's own texts run."""
    return "rtl" if language() in _RIGHT_TO_LEFT else "ltr"


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Texts within are in that language; in the reader's where these texts don't speak it."""
    if tag not in LANGUAGES:
        yield
        return
    before = _translations()
    with flask_babel.force_locale(tag):
        g.translations = flask_babel.get_translations()
        try:
            yield
        finally:
            g.translations = before


def gettext(text: str, **values: Any) -> str:  # noqa: ANN401  whatever can be formatted
    """The text in the reader's language, with ``%(name)s`` filled in; English outside a request."""
    said = _translations().gettext(text)
    return said % values if values else said


def ngettext(one: str, many: str, count: int, **values: Any) -> str:  # noqa: ANN401  whatever can be formatted
    """The form of a text that fits a count; ``%(count)s`` in it is the count as it is written in that language."""
    return _translations().ngettext(one, many, count) % {"count": number(count), **values}


def later(text: str) -> str:
    """The text as it is, marked for translators; translated by `gettext` where it is shown."""
    return text


def number(count: int) -> str:
    """A count as it is written in the reader's language: ``1,204``, ``1204`` (es), ``1 204`` (fr)."""
    return str(count) if count < _GROUPED else _grouped(count, language())


def listed(texts: Iterable[str]) -> str:
    """Several texts in a row, set apart as that language does."""
    several = tuple(texts)
    return wording(language()).joined("comma", several) if len(several) > 1 else "".join(several)


def comma() -> str:
    """What stands between two of them."""
    return wording(language()).say("comma", one="", other="")


@lru_cache(maxsize=4096)
def _grouped(count: int, tag: str) -> str:
    return format_decimal(count, locale=Locale.parse(tag))
