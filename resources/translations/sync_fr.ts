<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>BackgroundSync</name>
        <message>
            <source>Syncing with headquarters</source>
            <translation>Synchronisation avec le quartier général</translation>
        </message>
    </context>
    <context>
        <name>JoinCard</name>
        <message>
            <source>Joining…</source>
            <translation>En cours…</translation>
        </message>
        <message>
            <source>Join the campaign</source>
            <translation>Se joindre à la campagne</translation>
        </message>
        <message>
            <source>Join again</source>
            <translation>Se joindre de nouveau</translation>
        </message>
        <message>
            <source>Join a campaign</source>
            <translation>Se joindre à une campagne</translation>
        </message>
        <message>
            <source>What you saved here goes to your campaign’s headquarters, and what your team saves comes to you.</source>
            <translation>Ce que vous avez enregistré ici va au quartier général de votre campagne, et ce que votre équipe enregistre vous parvient.</translation>
        </message>
        <message>
            <source>You keep working without a network; this laptop syncs by itself when there is one.</source>
            <translation>Vous pouvez continuer sans réseau; l’ordinateur se synchronise de lui-même dès qu’il y en a un.</translation>
        </message>
        <message>
            <source>Your organiser has the address and the code. A code works once, for 15 minutes.</source>
            <translation>Votre responsable a l’adresse et le code. Un code sert une seule fois et expire après 15 minutes.</translation>
        </message>
        <message>
            <source>Address of headquarters</source>
            <translation>Adresse du quartier général</translation>
        </message>
        <message>
            <source>One-time code</source>
            <translation>Code à usage unique</translation>
        </message>
        <message>
            <source>What headquarters calls this laptop</source>
            <translation>Nom de cet ordinateur au quartier général</translation>
        </message>
    </context>
    <context>
        <name>Sync</name>
        <message>
            <source>all at headquarters</source>
            <translation>tout au QG</translation>
        </message>
        <message>
            <source>%1 only here</source>
            <translation>%1 ici seulement</translation>
        </message>
        <message>
            <source>Volunteer</source>
            <translation>Bénévole</translation>
        </message>
        <message>
            <source>no name given</source>
            <translation>sans nom</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Résultats</translation>
        </message>
        <message>
            <source>At headquarters</source>
            <translation>Au quartier général</translation>
        </message>
        <message>
            <source>State</source>
            <translation>État</translation>
        </message>
        <message>
            <source>They are safe there, even if something happens to this laptop. What others send arrives here by itself.</source>
            <translation>Ils y sont à l’abri, même s’il arrive quelque chose à cet ordinateur. Ce que les autres envoient arrive ici automatiquement.</translation>
        </message>
        <message>
            <source>What others send arrives here by itself.</source>
            <translation>Ce que les autres envoient arrive ici automatiquement.</translation>
        </message>
        <message>
            <source>Other changes, such as turfs and walk lists, are still on their way; they leave with the next sync.</source>
            <translation>D’autres changements, comme des secteurs et des listes de porte-à-porte, attendent encore; ils partent à la prochaine synchronisation.</translation>
        </message>
        <message>
            <source>Receipt %1.</source>
            <translation>Reçu %1.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent.</source>
            <translation>Rien n’attend d’être envoyé.</translation>
        </message>
        <message>
            <source>All results of this laptop are at headquarters.</source>
            <translation>Tous les résultats de cet ordinateur sont au quartier général.</translation>
        </message>
        <message>
            <source>The %1 result of tonight is at headquarters.</source>
            <translation>Le résultat de ce soir (%1) est au quartier général.</translation>
        </message>
        <message>
            <source>All %1 results of tonight are at headquarters.</source>
            <translation>Les %1 résultats de ce soir sont tous au quartier général.</translation>
        </message>
        <message>
            <source>The %1 result of today is at headquarters.</source>
            <translation>Le résultat d’aujourd’hui (%1) est au quartier général.</translation>
        </message>
        <message>
            <source>All %1 results of today are at headquarters.</source>
            <translation>Les %1 résultats d’aujourd’hui sont tous au quartier général.</translation>
        </message>
        <message>
            <source>%1 result is only on this laptop.</source>
            <translation>%1 résultat est sur cet ordinateur seulement.</translation>
        </message>
        <message>
            <source>%1 results are only on this laptop.</source>
            <translation>%1 résultats sont sur cet ordinateur seulement.</translation>
        </message>
        <message>
            <source>Saved here, and on the way to headquarters now.</source>
            <translation>Enregistré ici, et en route vers le quartier général.</translation>
        </message>
        <message>
            <source>Saved here and safe, until headquarters accepts this laptop again.</source>
            <translation>Tout est enregistré ici, en sûreté, jusqu’à ce que le quartier général accepte de nouveau cet ordinateur.</translation>
        </message>
        <message>
            <source>Saved here and safe; they leave when there is a network.</source>
            <translation>Tout est enregistré ici, en sûreté, et partira dès qu’il y aura un réseau.</translation>
        </message>
        <message>
            <source>Saved here and safe; they leave once this laptop has joined its campaign’s headquarters.</source>
            <translation>Tout est enregistré ici, en sûreté, et partira dès que cet ordinateur se sera joint au quartier général de sa campagne.</translation>
        </message>
        <message>
            <source>This laptop works on its own.</source>
            <translation>Cet ordinateur travaille seul.</translation>
        </message>
        <message>
            <source>Turfs, lists and results are saved here, encrypted. Nothing leaves this laptop.</source>
            <translation>Secteurs, listes et résultats sont enregistrés ici, chiffrés. Rien ne quitte cet ordinateur.</translation>
        </message>
        <message>
            <source>not yet</source>
            <translation>pas encore</translation>
        </message>
        <message>
            <source>nothing yet</source>
            <translation>rien pour l’instant</translation>
        </message>
        <message>
            <source>%1: %2 entries sent, %3 received</source>
            <translation>%1 : %2 saisies envoyées, %3 reçues</translation>
        </message>
    </context>
    <context>
        <name>SyncScreen</name>
        <message>
            <source>Sync</source>
            <translation>Synchronisation</translation>
        </message>
        <message>
            <source>Syncing…</source>
            <translation>En cours…</translation>
        </message>
        <message>
            <source>Sync now</source>
            <translation>Synchroniser</translation>
        </message>
        <message>
            <source>Try now</source>
            <translation>Essayer maintenant</translation>
        </message>
        <message>
            <source>about %1</source>
            <translation>vers %1</translation>
        </message>
        <message>
            <source>when you ask for it</source>
            <translation>à votre demande</translation>
        </message>
        <message>
            <source>none yet</source>
            <translation>aucun pour l’instant</translation>
        </message>
        <message>
            <source>now</source>
            <translation>maintenant</translation>
        </message>
        <message>
            <source>Joining the campaign</source>
            <translation>Connexion à la campagne</translation>
        </message>
        <message>
            <source>Joined %1. What you saved is being sent.</source>
            <translation>Vous êtes de la campagne %1. Ce que vous avez enregistré est en cours d’envoi.</translation>
        </message>
        <message>
            <source>sync now</source>
            <translation>synchroniser</translation>
        </message>
        <message>
            <source>next field</source>
            <translation>champ suivant</translation>
        </message>
        <message>
            <source>join, when the three fields are filled</source>
            <translation>se joindre, une fois les trois champs remplis</translation>
        </message>
        <message>
            <source>Headquarters</source>
            <translation>Quartier général</translation>
        </message>
        <message>
            <source>Last contact</source>
            <translation>Dernier contact</translation>
        </message>
        <message>
            <source>Last receipt</source>
            <translation>Dernier reçu</translation>
        </message>
        <message>
            <source>Last exchange</source>
            <translation>Dernier échange</translation>
        </message>
        <message>
            <source>Next, by itself</source>
            <translation>Prochain, automatique</translation>
        </message>
        <message>
            <source>Recorded on this laptop</source>
            <translation>Saisi sur cet ordinateur</translation>
        </message>
        <message>
            <source>Every result is saved here first. A receipt signed by headquarters says that it is there too.</source>
            <translation>Chaque résultat est d’abord enregistré ici. Un reçu signé par le quartier général dit qu’il y est aussi.</translation>
        </message>
        <message>
            <source>Laptop 4</source>
            <translation>Portable 4</translation>
        </message>
    </context>
</TS>
