"""Phone numbers: whether one can be right for a country, and how it is usually written there.

The rules are those of the `phonenumbers` package; nothing is looked up anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

_LONGEST_SHORT_NUMBER = 6


@dataclass(frozen=True, slots=True)
class PhoneCheck:
    """What is known of a number as typed.

    Attributes:
        written: The number as it is usually written; as typed where it isn't known.
        doubtful: Whether it can't be a whole number of that country; it is kept all the same.
    """

    written: str
    doubtful: bool


def check_phone(typed: str, country: str) -> PhoneCheck:
    """A number as it is usually written, and whether it can be right.

    Args:
        typed: What was typed. Words beside the number, or two numbers in one field, are left as they are.
        country: ISO 3166 code of where it is dialled.
    """
    text = typed.strip()
    digits = sum(character.isdigit() for character in text)
    if not digits or any(character.isalpha() or character in ",;/*#" for character in text):
        return PhoneCheck(text, doubtful=False)
    if digits <= _LONGEST_SHORT_NUMBER and not text.startswith("+"):
        # Emergency numbers and crisis lines: no rule knows all of them, and a false doubt would be worse.
        return PhoneCheck(text, doubtful=False)
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return PhoneCheck(text, doubtful=True)
    if not phonenumbers.is_valid_number(number):
        return PhoneCheck(text, doubtful=not phonenumbers.is_valid_short_number(number))
    at_home = number.country_code == phonenumbers.country_code_for_region(country)
    if at_home and text.startswith("+"):
        # Typed so that it works from everywhere; it stays so.
        at_home = False
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return PhoneCheck(phonenumbers.format_number(number, form), doubtful=False)


def from_abroad(typed: str, country: str) -> str:
    """How a number is dialled from another country; empty where that can't be known.

    Short numbers, free numbers and numbers at a shared price mostly answer in their own country only.

    Args:
        typed: As it is dialled in its country.
        country: ISO 3166 code of that country.
    """
    try:
        number = phonenumbers.parse(typed.strip(), country or None)
    except phonenumbers.NumberParseException:
        return ""
    at_home_only = {PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE}
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) in at_home_only:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
