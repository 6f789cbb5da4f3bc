"""The fields of an import in words, in the order in which a person would fill them in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

DOOR_FIELDS = (
    "full_address", "civic_number", "civic_suffix", "street_prefix", "street_name", "street_type", "street_direction",
    "unit", "floor", "address_2", "municipality", "postal_code", "latitude", "longitude", "polling_division", "riding",
    "building_use", "door_key",
)  # fmt: skip
PEOPLE_FIELDS = (
    "last_name", "first_name", "middle_name", "full_name", "person_key", "phone", "email", "birth_year", "birth_date",
    "language", "sex", "support",
)  # fmt: skip


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields that a file of this kind may have."""
    return (*PEOPLE_FIELDS, *DOOR_FIELDS) if kind == "people" else DOOR_FIELDS


def field_words(field: str) -> str:
    """A field's name in the language of the moment."""
    translate = QCoreApplication.translate
    words = {
        "full_address": translate("ImportFields", "Whole address"),
        "civic_number": translate("ImportFields", "Civic number"),
        "civic_suffix": translate("ImportFields", "Civic suffix (½, A)"),
        "street_prefix": translate("ImportFields", "Word before the street"),
        "street_name": translate("ImportFields", "Street"),
        "street_type": translate("ImportFields", "Street type"),
        "street_direction": translate("ImportFields", "Direction"),
        "unit": translate("ImportFields", "Unit"),
        "floor": translate("ImportFields", "Floor"),
        "address_2": translate("ImportFields", "Address, second line"),
        "municipality": translate("ImportFields", "Municipality"),
        "postal_code": translate("ImportFields", "Postal code"),
        "latitude": translate("ImportFields", "Latitude"),
        "longitude": translate("ImportFields", "Longitude"),
        "polling_division": translate("ImportFields", "Polling division"),
        "riding": translate("ImportFields", "Riding"),
        "building_use": translate("ImportFields", "Use of the building"),
        "door_key": translate("ImportFields", "Identifier of the address"),
        "person_key": translate("ImportFields", "Identifier of the person"),
        "last_name": translate("ImportFields", "Last name"),
        "first_name": translate("ImportFields", "First name"),
        "middle_name": translate("ImportFields", "Middle name"),
        "full_name": translate("ImportFields", "Whole name"),
        "birth_year": translate("ImportFields", "Year of birth"),
        "birth_date": translate("ImportFields", "Date of birth"),
        "phone": translate("ImportFields", "Phone"),
        "email": translate("ImportFields", "Email"),
        "language": translate("ImportFields", "Language"),
        "sex": translate("ImportFields", "Sex"),
        "support": translate("ImportFields", "Support level"),
    }
    return words.get(field, field)
