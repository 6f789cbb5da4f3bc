"""Layouts known by their column names: a column that a release inserts or moves changes nothing.

Sources: Statistics Canada's National Address Register and Open Database of Addresses user guides,
NationBuilder's import fields, VAN export headers as published by their users, OSDI's sample people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from canvass_app.domain.text import Text

from .header_words import squash


@dataclass(frozen=True, slots=True)
class Layout:
    """A known file: the columns that prove it, and for each field its columns, best first."""

    name: str
    shown: Text
    needs: frozenset[str]
    fields: dict[str, tuple[str, ...]]
    source: str = ""
    """The `source` of external ids of people."""
    door_source: str = ""
    """The `source` of external ids of doors."""


def _fields(text: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split("=") for line in text.split(";") if line.strip())
    return {field.strip(): tuple(squash(name) for name in names.split(",")) for field, names in rows}


def _layout(name: str, en: str, fr: str, needs: str, fields: str, source: str = "", door: str = "") -> Layout:
    return Layout(
        name, Text(en, fr), frozenset(squash(n) for n in needs.split(",")), _fields(fields), source, door
    )


_NATIONBUILDER = """person_key=nationbuilder_id; last_name=last_name; first_name=first_name; middle_name=middle_name;
    full_name=name,full_name; birth_date=dob,born_at,birthdate; phone=mobile_number,phone_number,work_phone_number,mobile,phone;
    email=email,email1; language=language; sex=sex,gender; support=support_level;
    full_address=primary_address1,address1,address address1,home_address1;
    address_2=primary_address2,address2,address address2,home_address2;
    municipality=primary_city,city,address city,home_city;
    postal_code=primary_zip,zip,address zip,zip_royal_mail,home_zip; riding=federal_district,riding"""
_CIVIC_PARTS = """civic_number=civic_number; civic_suffix=civic_suffix; street_name=street_name; street_type=street_type;
    street_direction=street_direction; unit=unit; floor=floor; municipality=municipality; postal_code=postal_code;
    latitude=latitude; longitude=longitude; polling_division=polling_division; riding=riding"""

LAYOUTS: tuple[Layout, ...] = (
    _layout(
        "canvass_people", "this program’s people list", "liste de personnes de ce programme",
        "civic_number,street_name,last_name,first_name,birth_year",
        _CIVIC_PARTS + """; last_name=last_name; first_name=first_name; middle_name=middle_name;
        birth_year=birth_year; phone=phone; email=email; language=language; sex=sex; support=support""",
    ),
    _layout(
        "canvass_doors", "this program’s door list", "liste de portes de ce programme",
        "civic_number,civic_suffix,street_name,street_type,street_direction,unit", _CIVIC_PARTS,
    ),
    _layout(
        "vancouver", "shared Vancouver addresses", "adresses partagées de Vancouver",
        "civic_number,std_street",
        "civic_number=civic_number; street_name=std_street; longitude=lon; latitude=lat; riding=fed_num; postal_code=postal_code",
    ),
    _layout(
        "nar", "National Address Register", "Registre national d’adresses",
        "CIVIC_NO,OFFICIAL_STREET_NAME",
        """door_key=ADDR_GUID; unit=APT_NO_LABEL; civic_number=CIVIC_NO; civic_suffix=CIVIC_NO_SUFFIX;
        street_name=OFFICIAL_STREET_NAME,MAIL_STREET_NAME; street_type=OFFICIAL_STREET_TYPE,MAIL_STREET_TYPE;
        street_direction=OFFICIAL_STREET_DIR,MAIL_STREET_DIR; municipality=MAIL_MUN_NAME,CSD_ENG_NAME;
        postal_code=MAIL_POSTAL_CODE; building_use=BU_USE; riding=FED_CODE;
        latitude=BG_LATITUDE,BF_REPPOINT_LATITUDE,REPPOINT_LATITUDE;
        longitude=BG_LONGITUDE,BF_REPPOINT_LONGITUDE,REPPOINT_LONGITUDE""",
        door="nar",
    ),
    _layout(
        "oda", "Open Database of Addresses", "Base de données ouvertes sur les adresses",
        "street_no,str_name_pcs",
        """civic_number=street_no; street_name=str_name_pcs,str_name; street_type=str_type_pcs,str_type;
        street_direction=str_dir_pcs,str_dir; unit=unit; municipality=city_pcs,city,csdname;
        postal_code=postal_code; latitude=latitude; longitude=longitude; full_address=full_addr""",
    ),
    _layout(
        "oda", "Open Database of Addresses", "Base de données ouvertes sur les adresses",
        "Civic Number,Standardized Street Name",
        """civic_number=Civic Number; street_name=Standardized Street Name,Street Name;
        street_type=Standardized Street Type,Street Type;
        street_direction=Standardized Street Direction,Street Direction; unit=Unit;
        municipality=Processed City,City; postal_code=Postal Code; latitude=Latitude; longitude=Longitude;
        full_address=Full Address""",
    ),
    _layout(
        "van_walk", "VAN walk list", "liste de porte-à-porte VAN",
        "LastName,FirstName,StreetNo,StreetName",
        """person_key=Voter File VANID,VANID; last_name=LastName; first_name=FirstName; middle_name=MiddleName;
        sex=Sex; phone=Preferred Phone,Cell Phone,Home Phone,WorkPhone; email=Email,PreferredEmail;
        birth_date=DOB,Date of Birth; civic_number=StreetNo; civic_suffix=StreetNoHalf; street_prefix=StreetPrefix;
        street_name=StreetName; street_type=StreetType; street_direction=StreetSuffix; unit=AptNo;
        municipality=City; postal_code=Zip5,PostalCode,Zip; polling_division=PrecinctName,Poll;
        latitude=Latitude; longitude=Longitude""",
        source="van",
    ),
    _layout(
        "van_contact", "VAN contact export", "exportation de contacts VAN",
        "Voter File VANID,vAddress",
        """person_key=Voter File VANID; last_name=LastName; first_name=FirstName; full_name=Fullname;
        phone=Phone1,Phone2; full_address=vAddress; address_2=Adress2,Address2,vAddress2; municipality=City;
        postal_code=Zip; sex=Sex; email=Email""",
        source="van",
    ),
    _layout(
        "nationbuilder", "NationBuilder people", "personnes NationBuilder",
        "nationbuilder_id", _NATIONBUILDER, source="nationbuilder",
    ),
    _layout(
        "nationbuilder", "NationBuilder people", "personnes NationBuilder",
        "last_name,primary_address1", _NATIONBUILDER, source="nationbuilder",
    ),
    _layout(
        "nationbuilder", "NationBuilder people", "personnes NationBuilder",
        "last_name,support_level,tag_list", _NATIONBUILDER, source="nationbuilder",
    ),
    _layout(
        "osdi", "OSDI people", "personnes OSDI",
        "Last,First,YoB,Address",
        """last_name=Last; first_name=First; middle_name=Middle; birth_year=YoB; full_address=Address;
        municipality=City; postal_code=Zip; email=Email; phone=Phone""",
    ),
)  # fmt: skip


def find_layout(headers: Iterable[str]) -> Layout | None:
    """The layout whose proving columns all stand in the header row; the first of the list wins."""
    present = {squash(header) for header in headers}
    return next((layout for layout in LAYOUTS if layout.needs <= present), None)


def layout_named(name: str) -> Layout | None:
    """The layout called `name` in a remembered mapping, or None."""
    return next((layout for layout in LAYOUTS if layout.name == name), None)


LAYOUT_WORDS: frozenset[str] = frozenset(
    name for layout in LAYOUTS for names in layout.fields.values() for name in names
).union(*(layout.needs for layout in LAYOUTS))
