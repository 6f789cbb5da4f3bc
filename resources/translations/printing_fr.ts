<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA">
<context>
    <name>WalkListSheet</name>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Page {page} de {pages}</translation>
    </message>
    <message>
        <source>List {code} · page {page} of {pages}</source>
        <translation>Liste {code} · page {page} de {pages}</translation>
    </message>
    <message>
        <source>List {code} · page {page} of {pages} · {name}</source>
        <translation>Liste {code} · page {page} de {pages} · {name}</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Appui</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>{street}, odd side</source>
        <translation>{street}, côté impair</translation>
    </message>
    <message>
        <source>{street}, even side</source>
        <translation>{street}, côté pair</translation>
    </message>
    <message>
        <source>{civic} {street}</source>
        <translation>{civic}, {street}</translation>
    </message>
    <message>
        <source>continued</source>
        <translation>suite</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>et {count} de plus</translation>
    </message>
    <message>
        <source>unit {unit}</source>
        <translation>app. {unit}</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>app.</translation>
    </message>
    <message>
        <source>floor {floor}</source>
        <translation>{floor}e étage</translation>
    </message>
    <message>
        <source>floor 1</source>
        <translation>1er étage</translation>
    </message>
    <message>
        <source>nobody known yet</source>
        <translation>aucun nom connu</translation>
    </message>
    <message>
        <source>erased at the person’s request</source>
        <translation>effacé à la demande de la personne</translation>
    </message>
    <message>
        <source>{result}, {day}</source>
        <translation>{result}, {day}</translation>
    </message>
    <message>
        <source>support {support}</source>
        <translation>appui {support}</translation>
    </message>
    <message>
        <source>Do not knock</source>
        <translation>Ne pas frapper</translation>
    </message>
    <message>
        <source>Do not knock (since {day})</source>
        <translation>Ne pas frapper (depuis le {day})</translation>
    </message>
    <message>
        <source>Changed since the issue</source>
        <translation>Changements depuis l’émission</translation>
    </message>
    <message>
        <source>Line {lines} asked not to be contacted and is struck out.</source>
        <translation>La ligne {lines} est barrée : on a demandé de ne pas être contacté.</translation>
    </message>
    <message>
        <source>Lines {lines} asked not to be contacted and are struck out.</source>
        <translation>Les lignes {lines} sont barrées : on a demandé de ne pas être contacté.</translation>
    </message>
    <message>
        <source>New people</source>
        <translation>Nouvelles personnes</translation>
    </message>
    <message>
        <source>met at a door, not on this list</source>
        <translation>rencontrées à une porte, absentes de cette liste</translation>
    </message>
    <message>
        <source>door, unit</source>
        <translation>porte, app.</translation>
    </message>
    <message>
        <source>last name, first name</source>
        <translation>nom, prénom</translation>
    </message>
    <message>
        <source>Walk list</source>
        <translation>Liste de porte-à-porte</translation>
    </message>
    <message>
        <source>List number</source>
        <translation>Liste numéro</translation>
    </message>
    <message>
        <source>Canvasser</source>
        <translation>Bénévole</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>Émise le</translation>
    </message>
    <message>
        <source>door</source>
        <translation>porte</translation>
    </message>
    <message>
        <source>doors</source>
        <translation>portes</translation>
    </message>
    <message>
        <source>person</source>
        <translation>personne</translation>
    </message>
    <message>
        <source>people</source>
        <translation>personnes</translation>
    </message>
    <message>
        <source>minute, estimated</source>
        <translation>minute environ</translation>
    </message>
    <message>
        <source>minutes, estimated</source>
        <translation>minutes environ</translation>
    </message>
    <message>
        <source>m on foot</source>
        <translation>m à pied</translation>
    </message>
    <message>
        <source>km on foot</source>
        <translation>km à pied</translation>
    </message>
    <message>
        <source>page of lines</source>
        <translation>page de lignes</translation>
    </message>
    <message>
        <source>pages of lines</source>
        <translation>pages de lignes</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Départ</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>{metres} m</source>
        <translation>{metres} m</translation>
    </message>
    <message>
        <source>{kilometres} km</source>
        <translation>{kilometres} km</translation>
    </message>
    <message>
        <source>The numbers are line numbers, in walking order.</source>
        <translation>Les numéros sont ceux des lignes, dans l’ordre de la marche.</translation>
    </message>
    <message>
        <source>No map: no door of this list has a place on it yet.</source>
        <translation>Pas de carte : aucune porte de cette liste n’y est encore située.</translation>
    </message>
    <message>
        <source>What to say</source>
        <translation>Quoi dire</translation>
    </message>
    <message>
        <source>write {number} and the answer on the dotted line</source>
        <translation>écrivez {number} et la réponse sur la ligne pointillée</translation>
    </message>
    <message>
        <source>tick the level; write a second choice’s letter on the dotted line</source>
        <translation>cochez le niveau; écrivez la lettre d’un second choix sur la ligne pointillée</translation>
    </message>
    <message>
        <source>Follow the lines in order; pass by the doors struck out.</source>
        <translation>Suivez les lignes dans l’ordre; passez outre aux portes barrées.</translation>
    </message>
    <message>
        <source>tick for yes</source>
        <translation>cochez si oui</translation>
    </message>
    <message>
        <source>write the letter on the dotted line, such as {example}</source>
        <translation>écrivez la lettre sur la ligne pointillée, par exemple {example}</translation>
    </message>
    <message>
        <source>tick the box</source>
        <translation>cochez la case</translation>
    </message>
    <message>
        <source>One more question is on the campaign’s screen.</source>
        <translation>Une autre question se trouve à l’écran de la campagne.</translation>
    </message>
    <message>
        <source>{count} more questions are on the campaign’s screen.</source>
        <translation>{count} autres questions se trouvent à l’écran de la campagne.</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Quoi faire</translation>
    </message>
    <message>
        <source>One mark per person: a result, or a support level and answers.</source>
        <translation>Une marque par personne : un résultat, ou bien un niveau d’appui et des réponses.</translation>
    </message>
    <message>
        <source>Write only on the dotted line, never across the boxes.</source>
        <translation>Écrivez seulement sur la ligne pointillée, jamais sur les cases.</translation>
    </message>
    <message>
        <source>Bring every page back tonight, the empty ones too.</source>
        <translation>Rapportez toutes les pages ce soir, même les vides.</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>Tick it where it has a box; otherwise write its letter on the dotted line.</source>
        <translation>Cochez la case s’il y en a une; sinon, écrivez la lettre sur la ligne pointillée.</translation>
    </message>
    <message>
        <source>Support levels</source>
        <translation>Niveaux d’appui</translation>
    </message>
    <message>
        <source>Bring back to</source>
        <translation>À rapporter à</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>Cover of list {code}, followed by {pages} pages</source>
        <translation>Couverture de la liste {code}, suivie de {pages} pages</translation>
    </message>
    <message>
        <source>Cover of list {code}, followed by 1 page</source>
        <translation>Couverture de la liste {code}, suivie de 1 page</translation>
    </message>
</context>
</TS>
