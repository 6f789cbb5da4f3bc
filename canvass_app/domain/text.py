"""Text in the product's two languages."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


def set_french(text: str) -> str:
    """French typed with ordinary spaces, with no-break ones where Canada wants them: inside « » and before ":" and "%".

    Nothing stands before ";", "!" and "?" (Office québécois de la langue française, Banque de dépannage linguistique).
    """
    return (
        text.replace("« ", "«\u00a0")
        .replace(" »", "\u00a0»")
        .replace(" :", "\u00a0:")
        .replace(" %", "\u00a0%")
    )


class Text(NamedTuple):
    """One thing said in English and in Canadian French."""

    en: str
    fr: str

    def say(self, language: str) -> str:
        """The text in `language`; English for any language the product does not speak. French is set as Canada sets it."""
        return set_french(self.fr) if language == "fr" else self.en

    def fill(self, **values: object) -> Text:
        """The same text with its `{named}` places filled in, in both languages.

        A count can bring its words with it: `{doors:door|doors}` is "1 door" or "1,204 doors", as `how_many` says it. In a
        place that names another text, each language is filled with that text's own words.
        """
        return Text(_filled(self.en, values, "en"), _filled(self.fr, values, "fr"))


class _Counted(int):
    """A count in a text: in the format `one|many` it is followed by the words that fit it."""

    language: Language

    def __format__(self, words: str) -> str:
        if "|" not in words:
            return format(int(self), words)
        one, many = words.split("|")
        chosen = how_many(self, Text(one, one), Text(many, many)).say(self.language)
        return f"{_figures(self).say(self.language)} {chosen}"


def _filled(template: str, values: dict[str, object], language: Language) -> str:
    return template.format(**{name: _place(value, language) for name, value in values.items()})


def _place(value: object, language: Language) -> object:
    if isinstance(value, Text):
        return value.say(language)
    if type(value) is not int:
        return value
    count = _Counted(value)
    count.language = language
    return count


def _figures(count: int) -> Text:
    figures = f"{count:,}"
    return Text(figures, figures.replace(",", "\u00a0"))


def how_many(count: int, one: Text, many: Text) -> Text:
    """`one` or `many` with its `{n}` filled in: in English only 1 takes `one`, in French 0 does too."""
    english, french = (one if count == 1 else many).en, (one if count in (0, 1) else many).fr
    figures = _figures(count)
    return Text(english.format(n=figures.en), french.format(n=figures.fr))
