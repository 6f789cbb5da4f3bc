"""Text in the product's two languages."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


class Text(NamedTuple):
    """One thing said in English and in Canadian French."""

    en: str
    fr: str

    def say(self, language: str) -> str:
        """The text in `language`; English for any language the product does not speak."""
        return self.fr if language == "fr" else self.en

    def fill(self, **values: object) -> Text:
        """The same text with its `{named}` places filled in, in both languages."""
        return Text(self.en.format(**values), self.fr.format(**values))


def how_many(count: int, one: Text, many: Text) -> Text:
    """`one` or `many` with its `{n}` filled in: in English only 1 takes `one`, in French 0 does too."""
    english, french = (one if count == 1 else many).en, (one if count in (0, 1) else many).fr
    figures = f"{count:,}"
    return Text(english.format(n=figures), french.format(n=figures.replace(",", "\u00a0")))
