"""Names for invented people: common given and family names, put together at random, by the language of the home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """One community's names. share is out of 1000 households; language what they mostly speak at the door."""

    share: int
    language: str
    women: Sequence[str]
    men: Sequence[str]
    families: Sequence[str]


COMMUNITIES: list[Names] = [
    Names(455, "fr",
        "Marie-Ève Josée Nathalie Sylvie Chantal Mélanie Émilie Geneviève Isabelle Manon Lucie Hélène Francine Ginette "
        "Annick Valérie Noémie Camille Océane Rosalie Gaétane Huguette Thérèse Solange Andrée-Anne Marie-Claude Léa "
        "Maude Sabrina Josiane Murielle Colette Élodie Jacinthe Marjolaine Ghislaine Anne-Sophie Béatrice Réjeanne".split(),
        "Jean-Philippe Luc Stéphane Sylvain Yvon Réjean Gaétan Marc-André Étienne Olivier Mathis Félix Alexis Normand "
        "Denis Benoît Rosaire Aurèle Fernand Léo Raoul Jocelyn Ghislain Martin Dominic Sébastien Frédéric Cédric "
        "Jean-Guy Jean-Paul Maxime Xavier Zacharie Rhéal Hervé Armand Conrad Lionel Gérald Yannick".split(),
        "Beaulne Charlebois Lachapelle Brisebois Sansregret Desrosiers Gauvreau Lafrenière Thibodeau Larocque Ouellet "
        "Bélanger Gagné Lajeunesse Laframboise Sirois Rancourt Boissonneault Quesnel Villeneuve Chartrand Cloutier "
        "Côté Mondoux Labelle Labrosse Laflèche Laliberté Latulippe Lebrun Levasseur Malette Ménard Nadeau Papineau "
        "Paquin Piché Plouffe Rivest Robitaille Séguin St-Amour St-Germain Tessier Trottier Vaillancourt Veilleux "
        "Vézina d'Amours d'Aoust L'Heureux L'Écuyer Lamontagne Boisvert Bellefeuille Courtemanche Jolicoeur Francoeur "
        "Grandmaison Beauséjour Lavigueur Sanscartier Desruisseaux Deschênes Dusablon Tranchemontagne".split()),
    Names(345, "en",
        "Margaret Heather Susan Karen Brenda Linda Donna Shirley Doreen Kathleen Jennifer Amy Lindsay Melissa Ashley "
        "Brittany Emily Hannah Megan Olivia Chloe Abigail Ruth Audrey Marjorie Joyce Eileen Fiona Moira Shannon "
        "Colleen Tracy Wendy Beverly Gail Holly Erin Paige Tessa".split(),
        "Robert Gordon Douglas Kenneth Wayne Bruce Allan Murray Ross Ian Craig Darryl Kyle Tyler Cody Ryan Brandon "
        "Ethan Liam Noah Owen Evan Gavin Angus Malcolm Duncan Keith Russell Glen Lorne Clifford Harold Stanley Wesley "
        "Trevor Brent Neil Graham Walter".split(),
        "Abernathy Ashdown Barlow Birchall Blackwood Bramley Carruthers Chisholm Colborne Cudmore Dalgleish Dunmore "
        "Eastwood Fairweather Farnham Fenwick Galbraith Gilmour Hadley Hartwell Haverford Holloway Hutchings Inglis "
        "Kershaw Kirkland Lockhart Loughlin MacAskill MacIsaac McAllister McCrimmon McGillivray McKendrick Merriweather "
        "Millbank Nesbitt Northcott O'Dwyer O'Halloran O'Meara O'Shaughnessy Pemberton Penhallow Pritchard Quigley "
        "Ramsbottom Redfern Rutherglen Sedgwick Sinclair Stirling Thackeray Thornbury Truscott Underhill Wadsworth "
        "Weatherby Whitlock Wickham Winstanley Yardley Fitzgibbon-Hargreaves".split()),
    Names(45, "en", "Waabigwan Shawna Rhonda Cheryl Tanya Jolene Crystal Kateri Misty Autumn".split(),
        "Delbert Elijah Leroy Dallas Clayton Josiah Randy Tyrell Ambrose Gilbert".split(),
        "Kakegabon Wabanosse Makwatik Nabigon Sutherland-Wesley Kapashe Nakogee-Ross Mekanak Wesakoose Otterface".split()),
    Names(30, "en", "Rosa Carmela Giovanna Silvana Antonella Luisa".split(),
        "Salvatore Domenico Rocco Vito Carmine Nunzio".split(),
        "Bevilacqua|Cantalupo|Di Benedettis|Fontanarossa|Mastrocola|Pellegrinetti|Tagliaferro".split("|")),
    Names(30, "en", "Oksana Halyna Iryna Larysa Daria Nadiya Lesia Olena Zoya Bohdana".split(), "Bohdan Taras Orest Wasyl Myroslav Petro Danylo Ostap Roman Yaroslav".split(),
        "Baranchuk Dovhaliuk Zahorodniuk Skoropadiak Yurchyshyn Lozynchuk Fedorenchuk Hryhoryshyn Kostyniuk Melnychenko Palamarenko".split()),
    Names(20, "en", "Aino Marjatta Helmi Riitta Kaarina Sirkka Tuulikki".split(), "Eino Toivo Urho Arvo Reino Veikko Pentti".split(),
        "Koivuniemi Hietala Ylitalo Rautajoki Mäkelänen Lehtovaara Saarenpää Järvikoski".split()),
    Names(20, "en", "Harpreet Gurleen Simran Manjit Jaspreet Navneet Kulwinder Rupinder".split(), "Gurdeep Harjit Balwinder Amrit Tejinder Sukhdev Parminder Kuldip".split(),
        "Bassanwal Dhaliwan Kahlonia Mangatpur Purewalia Gillanwala Sekhonpur Randhewal".split()),
    Names(15, "en", "Mei-Ling Xiaoyan Wen Yi-Hsuan Lihua Suk-Yee Jing".split(), "Jianguo Wei-Min Haoran Zhiwei Kwok-Wah Chi-Ming Bo".split(),
        "Ouyang Szeto Situ Lau-Cheng Zhuang Xie".split()),
    Names(15, "fr", "Fatoumata Aïssatou Mireille Espérance Aminata Clémentine".split(), "Ibrahima Jean-Bosco Mamadou Dieudonné Ousmane Célestin".split(),
        "Nkurunzabo Diallongo Mbuyamba Ouattaraga Tshilombo".split()),
    Names(10, "fr", "Nadia Samira Leïla Yasmine Houda Soraya".split(), "Karim Rachid Youssef Nabil".split(),
        "Benhamadi El-Khatibi Bouzianeh Cherkaouane Zerroukia Lamranine".split()),
    Names(10, "en", "Maricel Rowena Lourdes Jasmin".split(), "Rodel Crisanto Jun-Jun Arnel".split(),
        "Dimaculangan Macaraegon Pangilinan-Cruz Bayanihan".split()),
    Names(5, "", "Thùy-Linh Ngọc-Ánh Hương".split(), "Đức-Minh Quang Tuấn".split(), "Nguyễn-Trần Đặng Huỳnh".split()),
]  # fmt: skip

# Nobody in the demo may bear the full name of a known politician; these are refused should chance make them.
DENIED = frozenset(
    name.strip().lower()
    for name in """Justin Trudeau|Pierre Trudeau|Stephen Harper|Thomas Mulcair|Tom Mulcair|Elizabeth May|Gilles Duceppe
    |Jean Chrétien|Paul Martin|Jack Layton|Olivia Chow|Kim Campbell|Brian Mulroney|Joe Clark|John Turner|Rona Ambrose
    |Andrew Scheer|Erin O'Toole|Pierre Poilievre|Jagmeet Singh|Yves-François Blanchet|Mario Beaulieu|Daniel Paillé
    |Kathleen Wynne|Dalton McGuinty|Doug Ford|Rob Ford|Mike Harris|Bob Rae|Tim Hudak|Andrea Horwath|Patrick Brown
    |Philippe Couillard|Pauline Marois|Jean Charest|François Legault|Lucien Bouchard|Jacques Parizeau|René Lévesque
    |Rachel Notley|Christy Clark|Brad Wall|Greg Selinger|Brian Gallant|Stephen McNeil|Wade MacLauchlan|Paul Davis
    |Michael Ignatieff|Stéphane Dion|Bill Graham|Nycole Turmel|Peter MacKay|Jason Kenney|John Baird|Tony Clement
    |Lisa Raitt|Maxime Bernier|Chrystia Freeland|Mark Carney|Mélanie Joly|Marc Garneau|Ralph Goodale|Charlie Angus
    |Carol Hughes|Claude Gravelle|Marc Serré|Paul Lefebvre|Anthony Rota|Bruce Hyer|Joe Comuzzi|Denis Lebel
    |Denis Coderre|Luc Ferrandez|Sylvain Simard|Guy Caron|Alexandre Boulerice|Ruth Ellen Brosseau|Peter Julian"""
    .split("|")
)  # fmt: skip
