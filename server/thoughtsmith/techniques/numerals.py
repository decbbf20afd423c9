"""The form of a noun after a number, as CLDR's plural rules for whole numbers have it."""

from __future__ import annotations


def plural(number: object, *forms: str) -> str:
    """The one of `forms` that agrees with `number`.

    Two forms follow English (1 draft, 2 drafts), three follow Russian (1 вариант, 2 варианта, 5 вариантов); for another
    case than the nominative pass the forms of that case (из 1 варианта, из 2 вариантов, из 5 вариантов).
    Raises `ValueError` for any other count of forms, and `TypeError` for what is no number: templates decide what comes
    here, and `%` of a text would be string formatting, of any size.
    """
    if not isinstance(number, int):
        raise TypeError(f"plural needs a number, not {type(number).__name__}")
    if len(forms) == 2:
        return forms[0] if number == 1 else forms[1]
    if len(forms) != 3:
        raise ValueError(f"plural takes two forms (English) or three (Russian), not {len(forms)}")
    tens, ones = number % 100, number % 10
    if ones == 1 and tens != 11:
        return forms[0]
    if 2 <= ones <= 4 and not 12 <= tens <= 14:
        return forms[1]
    return forms[2]
