"""Words of header rows, English and French, and the field each one names.

A key is a header folded and squashed: "No civique", "NO_CIVIQUE" and "no. civique" are NOCIVIQUE.
The layouts in `layouts.py` are known exactly; these words serve every other file.
"""

from __future__ import annotations

from functools import lru_cache

from canvass_app.domain.address import fold

ADDRESS_FIELDS = (
    "civic_number", "civic_suffix", "street_prefix", "street_name", "street_type", "street_direction", "unit",
    "floor", "full_address", "address_2", "municipality", "postal_code", "latitude", "longitude",
    "polling_division", "riding", "building_use", "door_key",
)  # fmt: skip
PERSON_FIELDS = (
    "person_key", "last_name", "first_name", "middle_name", "full_name", "birth_year", "birth_date", "phone",
    "email", "language", "sex", "support",
)  # fmt: skip
ALL_FIELDS = (*ADDRESS_FIELDS, *PERSON_FIELDS)

_WORDS: dict[str, str] = {
    "civic_number": """civic number|civic no|civic num|civic|civic address number|street number|street no|street num|house number|house no|
        house num|address number|number|no|num|numero|numero civique|no civique|num civique|no rue|numero de rue|
        no de porte|numero de porte|no porte|civique|numero d immeuble|no immeuble|adr num|addr num|addr number|
        add number|st num|st no|streetno|housenumber|addr housenumber""",
    "civic_suffix": """civic suffix|civic number suffix|civic no suffix|number suffix|house number suffix|house suffix|street no half|half|
        suffixe civique|suffixe|suffixe du numero|suffixe no civique|street number suffix|num suffix""",
    "street_prefix": "street prefix|street pre direction|pre direction|predir|prefix direction|pre dir|st pre dir|street dir prefix",
    "street_name": """street name|street|std street|str name|st name|road name|road|streetname|nom de rue|nom rue|rue|nom de la rue|
        nom de voie|nom de la voie|voie|odonyme|toponyme|nom du chemin|addr street|on street name|street nm|artere|
        nom de l artere""",
    "street_type": """street type|type|str type|st type|road type|streettype|type de rue|type rue|type de voie|generique|
        street suffix type|suffix type|street type code|type d artere""",
    "street_direction": """street direction|street dir|direction|dir|str dir|st dir|post direction|postdir|post dir|
        suffix direction|orientation|direction de rue|direction rue|point cardinal|street direction code|orientation de rue""",
    "unit": """unit|unit no|unit number|apt|apt no|apt number|apartment|apartment number|apartment no|suite|suite no|suite number|unite|
        appartement|app|appt|no app|no appartement|numero d appartement|logement|no logement|no unite|local|
        bureau|unit num|addr unit|porte|apt unit|unit apt""",
    "floor": "floor|floor no|floor number|storey|level|etage|no etage|niveau",
    "full_address": """address|full address|full addr|civic address|street address|address line 1|address 1|addr 1|addr|address1|
        adresse|adresse complete|adresse civique|adresse 1|ligne d adresse 1|mailing address|home address|
        residential address|vaddress|line 1|adresse municipale|adresse postale|adresse ligne 1|address line""",
    "address_2": """address 2|address line 2|addr 2|address2|adresse 2|ligne d adresse 2|adress2|line 2|
        adresse ligne 2|complement d adresse""",
    "municipality": """municipality|city|town|community|municipality name|city name|mun|place|ville|municipalite|localite|
        nom de la municipalite|city town|communaute|addr city|mailing city|csd name|csdname""",
    "postal_code": """postal code|postalcode|post code|postcode|postal|pc|zip|zip code|zip5|code postal|codepostal|cp|
        addr postcode|mailing postal code|mail postal code""",
    "latitude": "latitude|lat|y coord lat|lat dd|point y|gps lat|gps latitude|latitude wgs84|lat wgs84",
    "longitude": "longitude|lon|long|lng|x coord lon|long dd|point x|gps lon|gps long|gps longitude|longitude wgs84|lon wgs84",
    "polling_division": """polling division|polling division number|poll number|poll no|poll|pd|pd num|pd no|poll division|
        section de vote|no section de vote|numero de section de vote|section|bureau de vote|sv""",
    "riding": """riding|riding number|riding no|riding id|electoral district|electoral district number|district number|
        district|fed num|fed code|fednum|fed|fed id|federal riding|federal electoral district|constituency|
        circonscription|no circonscription|no de circonscription|numero de circonscription|circonscription federale|
        code de circonscription|cef|code cef|ced num|fed uid""",
    "building_use": "bu use|building use|usage|utilisation",
    "door_key": "addr guid|address guid",
    "person_key": "voter file vanid|vanid|van id|nationbuilder id",
    "last_name": """last name|lastname|last|surname|family name|nom de famille|nom famille|nom|nom electeur|lname|
        nom de l electeur|last nm""",
    "first_name": "first name|firstname|first|given name|given names|prenom|prenoms|fname|forename|first nm|prenom electeur",
    "middle_name": "middle name|middlename|middle|middle initial|second name|deuxieme prenom|autre prenom|initiale|mi|mname",
    "full_name": "name|full name|fullname|elector name|contact name|person name|nom complet|nom et prenom|prenom et nom|person",
    "birth_year": "birth year|year of birth|yob|birthyear|annee de naissance|annee naissance|naissance annee",
    "birth_date": """birth date|birthdate|date of birth|dob|born at|birthday|date de naissance|date naissance|ddn|
        naissance""",
    "phone": """phone|phone number|telephone|tel|telephone number|preferred phone|home phone|cell phone|cell|mobile|
        mobile number|mobile phone|phone 1|phone1|phone 2|primary phone|no de telephone|numero de telephone|
        no telephone|cellulaire|telephone cellulaire|telephone maison|telephone a la maison|work phone|tel maison|
        tel cell|courriel tel""",
    "email": "email|e mail|email address|e mail address|courriel|adresse courriel|adresse de courriel|adresse electronique|mail",
    "language": "language|lang|preferred language|language of preference|langue|langue de preference|langue preferee|language preference",
    "sex": "sex|gender|sexe|genre",
    "support": "support level|support|support score|niveau d appui|appui|support id",
}  # fmt: skip


def squash(header: str) -> str:
    """A header without case, accents, blanks and punctuation: what header words are compared by."""
    return fold(header).replace(" ", "").replace("/", "").replace("&", "")


FIELD_OF_WORD: dict[str, str] = {
    squash(word): field for field, words in _WORDS.items() for word in words.split("|")
}
# When two columns are words for one field, the one named first in the lists above is meant.
RANK_OF_WORD: dict[str, int] = {
    squash(word): rank for words in _WORDS.values() for rank, word in enumerate(words.split("|"))
}
# A word inside a longer header, from the surest to the least sure.
_INSIDE: tuple[tuple[str, str], ...] = (
    ("POSTAL", "postal_code"), ("LATITUDE", "latitude"), ("LONGITUDE", "longitude"), ("CIRCONSCRIPTION", "riding"),
    ("RIDING", "riding"), ("CIVIQUE", "civic_number"), ("CIVIC", "civic_number"), ("APPARTEMENT", "unit"),
    ("APARTMENT", "unit"), ("PRENOM", "first_name"), ("FIRSTNAME", "first_name"), ("LASTNAME", "last_name"),
    ("NOMDEFAMILLE", "last_name"), ("SURNAME", "last_name"), ("COURRIEL", "email"), ("EMAIL", "email"),
    ("TELEPHONE", "phone"), ("PHONE", "phone"), ("NAISSANCE", "birth_date"), ("STREETNAME", "street_name"),
    ("NOMDERUE", "street_name"), ("STREETTYPE", "street_type"), ("MUNICIPALI", "municipality"),
    ("SECTIONDEVOTE", "polling_division"), ("POLLINGDIVISION", "polling_division"),
    ("ADRESSE", "full_address"), ("ADDRESS", "full_address"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def field_of(header: str) -> tuple[str, float]:
    """The field a header names and how sure that is (0.9 the whole header, 0.5 a part); ("", 0.0) if none."""
    squashed = squash(header)
    if squashed in FIELD_OF_WORD:
        return FIELD_OF_WORD[squashed], 0.9
    for part, field in _INSIDE:
        if part in squashed and len(squashed) <= len(part) + 20:
            return field, 0.5
    return "", 0.0
