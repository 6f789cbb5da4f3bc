<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>LossCard</name>
        <message>
            <source>I have read it</source>
            <translation>C’est lu</translation>
        </message>
    </context>
    <context>
        <name>BackgroundSync</name>
        <message>
            <source>Syncing with headquarters</source>
            <translation>Synchronisation avec le quartier général</translation>
        </message>
    </context>
    <context>
        <name>BringPage</name>
        <message>
            <source>for this laptop</source>
            <translation>pour cet ordinateur</translation>
        </message>
        <message>
            <source>only half copied</source>
            <translation>copié à moitié</translation>
        </message>
        <message>
            <source>for somebody else</source>
            <translation>pour quelqu’un d’autre</translation>
        </message>
        <message>
            <source>for headquarters</source>
            <translation>pour le quartier général</translation>
        </message>
        <message>
            <source>cannot be read</source>
            <translation>illisible</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Fichier</translation>
        </message>
        <message>
            <source>Written</source>
            <translation>Écrit</translation>
        </message>
        <message>
            <source>State</source>
            <translation>État</translation>
        </message>
        <message>
            <source>From headquarters (*.canvass-down);;All files (*)</source>
            <translation>Du quartier général (*.canvass-down);;Tous les fichiers (*)</translation>
        </message>
        <message>
            <source>The file from headquarters</source>
            <translation>Le fichier du quartier général</translation>
        </message>
        <message>
            <source>Reading what headquarters sent</source>
            <translation>Lecture de l’envoi du quartier général</translation>
        </message>
        <message>
            <source>A stick from headquarters</source>
            <translation>Une clé du quartier général</translation>
        </message>
        <message>
            <source>Headquarters’ answer: receipts for what you sent, and what others did.</source>
            <translation>La réponse du quartier général : les reçus de vos envois et le travail des autres.</translation>
        </message>
        <message>
            <source>Reading it twice, or an older one after a newer one, does no harm: everything counts once.</source>
            <translation>La lire deux fois, ou en lire une ancienne après une récente, ne fait aucun mal : tout compte une seule fois.</translation>
        </message>
        <message>
            <source>What is on it</source>
            <translation>Ce qu’elle contient</translation>
        </message>
        <message>
            <source>Put the stick in: what headquarters wrote on it appears here by itself. Or choose a file.</source>
            <translation>Branchez la clé : ce que le quartier général y a écrit apparaît ici de lui-même. Ou choisissez un fichier.</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>Choisir un fichier…</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>Back to Sync</source>
            <translation>Retour à Synchronisation</translation>
        </message>
        <message>
            <source>Read another one</source>
            <translation>En lire une autre</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>Lecture…</translation>
        </message>
        <message>
            <source>Read it in</source>
            <translation>Lire</translation>
        </message>
        <message>
            <source>Reading. Leave the stick in.</source>
            <translation>Lecture en cours. Laissez la clé branchée.</translation>
        </message>
        <message>
            <source>What has been read stays, even if the stick is pulled out.</source>
            <translation>Ce qui est lu reste, même si la clé est retirée.</translation>
        </message>
        <message>
            <source>Stopped. What was read so far is kept; read the file again for the rest.</source>
            <translation>Arrêté. Ce qui a été lu est conservé; relisez le fichier pour le reste.</translation>
        </message>
        <message>
            <source>Nothing more was taken from it.</source>
            <translation>Rien de plus n’en a été pris.</translation>
        </message>
        <message>
            <source>%1 entry of this laptop is now at headquarters. Receipt %2.</source>
            <translation>%1 saisie de cet ordinateur est maintenant au quartier général. Reçu %2.</translation>
        </message>
        <message>
            <source>%1 entries of this laptop are now at headquarters. Receipt %2.</source>
            <translation>%1 saisies de cet ordinateur sont maintenant au quartier général. Reçu %2.</translation>
        </message>
        <message>
            <source>%1 entry of others arrived.</source>
            <translation>%1 saisie des autres est arrivée.</translation>
        </message>
        <message>
            <source>%1 entries of others arrived.</source>
            <translation>%1 saisies des autres sont arrivées.</translation>
        </message>
        <message>
            <source>Read in.</source>
            <translation>C’est lu.</translation>
        </message>
        <message>
            <source>Read in, with something to know.</source>
            <translation>C’est lu, avec une chose à savoir.</translation>
        </message>
        <message>
            <source>It is all saved on this laptop. The stick is safe to remove.</source>
            <translation>Tout est enregistré sur cet ordinateur. Vous pouvez retirer la clé.</translation>
        </message>
        <message>
            <source>Everything on this stick was here already.</source>
            <translation>Tout ce que contient cette clé était déjà ici.</translation>
        </message>
        <message>
            <source>Nothing was counted twice. The stick is safe to remove.</source>
            <translation>Rien n’a été compté deux fois. Vous pouvez retirer la clé.</translation>
        </message>
    </context>
    <context>
        <name>DeclarationCard</name>
        <message>
            <source>Accepting the declaration</source>
            <translation>Acceptation de la déclaration</translation>
        </message>
        <message>
            <source>Accepted by %1. What others did is being fetched.</source>
            <translation>Acceptée par %1. Le travail des autres est en cours de récupération.</translation>
        </message>
    </context>
    <context>
        <name>DeclarationForm</name>
        <message>
            <source>The campaign’s declaration</source>
            <translation>La déclaration de la campagne</translation>
        </message>
        <message>
            <source>Everybody who holds the campaign’s data accepts this by name. What was typed here is sent as ever; what others did arrives once it is accepted.</source>
            <translation>Quiconque détient les données de la campagne accepte ceci en son nom. Ce qui a été saisi ici part comme toujours; le travail des autres arrive une fois la déclaration acceptée.</translation>
        </message>
        <message>
            <source>Your first and last name</source>
            <translation>Votre prénom et votre nom</translation>
        </message>
        <message>
            <source>I accept</source>
            <translation>J’accepte</translation>
        </message>
    </context>
    <context>
        <name>FactsCard</name>
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
    </context>
    <context>
        <name>JoinCard</name>
        <message>
            <source>Enrolment file (*.canvass-join);;All files (*)</source>
            <translation>Fichier d’adhésion (*.canvass-join);;Tous les fichiers (*)</translation>
        </message>
        <message>
            <source>The enrolment file</source>
            <translation>Le fichier d’adhésion</translation>
        </message>
        <message>
            <source>Joining…</source>
            <translation>En cours…</translation>
        </message>
        <message>
            <source>Join the campaign</source>
            <translation>Se joindre à la campagne</translation>
        </message>
        <message>
            <source>I was given an enrolment file</source>
            <translation>On m’a donné un fichier d’adhésion</translation>
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
        <name>NewsCard</name>
        <message>
            <source>What arrived</source>
            <translation>Ce qui est arrivé</translation>
        </message>
        <message>
            <source>and %1 other</source>
            <translation>et %1 autre</translation>
        </message>
        <message>
            <source>and %1 others</source>
            <translation>et %1 autres</translation>
        </message>
    </context>
    <context>
        <name>Sync</name>
        <message>
            <source>What others did arrives once the campaign’s declaration is accepted here.</source>
            <translation>Le travail des autres arrivera une fois la déclaration de la campagne acceptée ici.</translation>
        </message>
        <message>
            <source>taken back</source>
            <translation>annulé</translation>
        </message>
        <message>
            <source>%1 only here</source>
            <translation>%1 ici seulement</translation>
        </message>
        <message>
            <source>%1 set aside</source>
            <translation>%1 de côté</translation>
        </message>
        <message>
            <source>on its way</source>
            <translation>en route</translation>
        </message>
        <message>
            <source>all at headquarters</source>
            <translation>tout au QG</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>Quart</translation>
        </message>
        <message>
            <source>Volunteer</source>
            <translation>Bénévole</translation>
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
            <source>State</source>
            <translation>État</translation>
        </message>
        <message>
            <source>Receipt</source>
            <translation>Reçu</translation>
        </message>
        <message>
            <source>no name given</source>
            <translation>sans nom</translation>
        </message>
        <message>
            <source>Shift %1</source>
            <translation>Quart %1</translation>
        </message>
        <message>
            <source>Without a shift</source>
            <translation>Hors quart</translation>
        </message>
        <message>
            <source>%1 result</source>
            <translation>%1 résultat</translation>
        </message>
        <message>
            <source>%1 results</source>
            <translation>%1 résultats</translation>
        </message>
        <message>
            <source>%1 (%2, %3): %4, taken back: kept in the record, and not counted.</source>
            <translation>%1 (%2, %3) : %4; annulé, donc conservé au registre sans compter.</translation>
        </message>
        <message>
            <source>only on this laptop so far</source>
            <translation>sur cet ordinateur seulement pour l’instant</translation>
        </message>
        <message>
            <source>%1 of them only on this laptop</source>
            <translation>dont %1 sur cet ordinateur seulement</translation>
        </message>
        <message>
            <source>%1 (%2, %3): %4, %5. Saved and safe here.</source>
            <translation>%1 (%2, %3) : %4, %5. Enregistré et en sécurité ici.</translation>
        </message>
        <message>
            <source>%1 (%2, %3): %4. Saved and safe here; no receipt yet.</source>
            <translation>%1 (%2, %3) : %4. Enregistré et en sécurité ici; pas encore de reçu.</translation>
        </message>
        <message>
            <source>%1 (%2, %3): %4, all at headquarters, receipt %5.</source>
            <translation>%1 (%2, %3) : %4, tout au quartier général, reçu %5.</translation>
        </message>
        <message>
            <source>%1 correction</source>
            <translation>%1 correction</translation>
        </message>
        <message>
            <source>%1 corrections</source>
            <translation>%1 corrections</translation>
        </message>
        <message>
            <source>%1 note</source>
            <translation>%1 note</translation>
        </message>
        <message>
            <source>%1 notes</source>
            <translation>%1 notes</translation>
        </message>
        <message>
            <source>%1 person added</source>
            <translation>%1 personne ajoutée</translation>
        </message>
        <message>
            <source>%1 people added</source>
            <translation>%1 personnes ajoutées</translation>
        </message>
        <message>
            <source>%1 turf changed</source>
            <translation>%1 secteur modifié</translation>
        </message>
        <message>
            <source>%1 changes to turfs</source>
            <translation>%1 modifications de secteurs</translation>
        </message>
        <message>
            <source>%1 walk list issued or returned</source>
            <translation>%1 liste de porte-à-porte sortie ou rendue</translation>
        </message>
        <message>
            <source>%1 walk lists issued or returned</source>
            <translation>%1 listes de porte-à-porte sorties ou rendues</translation>
        </message>
        <message>
            <source>%1 file of addresses or people</source>
            <translation>%1 fichier d’adresses ou de personnes</translation>
        </message>
        <message>
            <source>%1 files of addresses or people</source>
            <translation>%1 fichiers d’adresses ou de personnes</translation>
        </message>
        <message>
            <source>%1 map</source>
            <translation>%1 carte</translation>
        </message>
        <message>
            <source>%1 maps</source>
            <translation>%1 cartes</translation>
        </message>
        <message>
            <source>%1 question decided</source>
            <translation>%1 question tranchée</translation>
        </message>
        <message>
            <source>%1 questions decided</source>
            <translation>%1 questions tranchées</translation>
        </message>
        <message>
            <source>%1 shift taken back or restored</source>
            <translation>%1 quart annulé ou rétabli</translation>
        </message>
        <message>
            <source>%1 shifts taken back or restored</source>
            <translation>%1 quarts annulés ou rétablis</translation>
        </message>
        <message>
            <source>%1 person forgotten</source>
            <translation>%1 personne oubliée</translation>
        </message>
        <message>
            <source>%1 people forgotten</source>
            <translation>%1 personnes oubliées</translation>
        </message>
        <message>
            <source>laptop %1</source>
            <translation>ordinateur %1</translation>
        </message>
        <message>
            <source>Nothing from others yet. What they send appears here by itself.</source>
            <translation>Rien des autres pour l’instant. Ce qu’ils envoient apparaît ici tout seul.</translation>
        </message>
        <message>
            <source>Since this laptop joined</source>
            <translation>Depuis que cet ordinateur s’est joint à la campagne</translation>
        </message>
        <message>
            <source>Since %1</source>
            <translation>Depuis %1</translation>
        </message>
        <message>
            <source>Nothing new since you last looked. What you saw then:</source>
            <translation>Rien de nouveau depuis votre dernier coup d’œil. Vous aviez vu :</translation>
        </message>
        <message>
            <source>%2 by %1 person.</source>
            <translation>%2, de %1 personne.</translation>
        </message>
        <message>
            <source>%2 by %1 people.</source>
            <translation>%2, de %1 personnes.</translation>
        </message>
        <message>
            <source>%2 and %1 other</source>
            <translation>%2 et %1 autre</translation>
        </message>
        <message>
            <source>%2 and %1 others</source>
            <translation>%2 et %1 autres</translation>
        </message>
        <message>
            <source>Incomplete: %1. What others did there is still being fetched, so figures and lists may lack something. What you type is saved as ever.</source>
            <translation>Incomplet : %1. Le travail des autres y est encore en cours de récupération; il peut manquer quelque chose aux chiffres et aux listes. Ce que vous saisissez est enregistré comme toujours.</translation>
        </message>
        <message>
            <source>Headquarters takes nothing of riding %1 from this laptop, so its results stay here, saved and unsent. Tell your organiser.</source>
            <translation>Le quartier général ne prend rien de la circonscription %1 de cet ordinateur; ses résultats restent donc ici, enregistrés mais non envoyés. Prévenez votre responsable.</translation>
        </message>
        <message>
            <source>Headquarters set %1 entry of this laptop aside because it could not read it. It is kept here; the others arrived. Tell your organiser.</source>
            <translation>Le quartier général a mis de côté %1 saisie de cet ordinateur, qu’il ne pouvait pas lire. Elle est conservée ici; les autres sont arrivées. Prévenez votre responsable.</translation>
        </message>
        <message>
            <source>Headquarters set %1 entries of this laptop aside because it could not read them. They are kept here; the others arrived. Tell your organiser.</source>
            <translation>Le quartier général a mis de côté %1 saisies de cet ordinateur, qu’il ne pouvait pas lire. Elles sont conservées ici; les autres sont arrivées. Prévenez votre responsable.</translation>
        </message>
        <message>
            <source>%1 entry of others cannot be read by this version of Canvass. It is kept and shown after an update.</source>
            <translation>Cette version de Canvass ne peut pas lire %1 saisie des autres. Elle est conservée et apparaîtra après une mise à jour.</translation>
        </message>
        <message>
            <source>%1 entries of others cannot be read by this version of Canvass. They are kept and shown after an update.</source>
            <translation>Cette version de Canvass ne peut pas lire %1 saisies des autres. Elles sont conservées et apparaîtront après une mise à jour.</translation>
        </message>
        <message>
            <source>Another copy of this laptop has written under its number. Both are kept and nothing counts twice; at the next sync this laptop takes a new number.</source>
            <translation>Une autre copie de cet ordinateur a écrit sous son numéro. Les deux sont conservées et rien ne compte deux fois; à la prochaine synchronisation, cet ordinateur prendra un nouveau numéro.</translation>
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
            <source>Headquarters knew this laptop’s number from another one: it was copied, or put back from a backup. Everything is saved here and nothing counts twice. Ask your organiser for a code and join again.</source>
            <translation>Le quartier général connaissait le numéro de cet ordinateur par un autre : il a été copié ou rétabli à partir d’une sauvegarde. Tout est enregistré ici et rien ne compte deux fois. Demandez un code à votre responsable et joignez-vous de nouveau.</translation>
        </message>
        <message>
            <source>This laptop has a new number and has to join again.</source>
            <translation>Cet ordinateur a un nouveau numéro et doit se joindre de nouveau.</translation>
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
            <source>%1: entries sent %2, received %3</source>
            <translation>%1 : saisies envoyées %2, reçues %3</translation>
        </message>
    </context>
    <context>
        <name>SyncScreen</name>
        <message>
            <source>in the declaration: accept it</source>
            <translation>dans la déclaration : l’accepter</translation>
        </message>
        <message>
            <source>Sync</source>
            <translation>Synchronisation</translation>
        </message>
        <message>
            <source>Copied: %1</source>
            <translation>Copié : %1</translation>
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
            <source>choose a place or a file</source>
            <translation>choisir un endroit ou un fichier</translation>
        </message>
        <message>
            <source>write, or read in</source>
            <translation>écrire, ou lire</translation>
        </message>
        <message>
            <source>another folder or file</source>
            <translation>un autre dossier ou fichier</translation>
        </message>
        <message>
            <source>back to Sync</source>
            <translation>retour à Synchronisation</translation>
        </message>
        <message>
            <source>sync now</source>
            <translation>synchroniser</translation>
        </message>
        <message>
            <source>take it to headquarters on a stick</source>
            <translation>tout apporter au quartier général sur une clé</translation>
        </message>
        <message>
            <source>I have a stick from headquarters</source>
            <translation>j’ai une clé du quartier général</translation>
        </message>
        <message>
            <source>in the table: copy the shift and its receipt</source>
            <translation>dans le tableau : copier le quart et son reçu</translation>
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
            <source>Sync now</source>
            <translation>Synchroniser</translation>
        </message>
        <message>
            <source>Take it to headquarters on a stick</source>
            <translation>Tout apporter au quartier général sur une clé</translation>
        </message>
        <message>
            <source>Recorded on this laptop</source>
            <translation>Saisi sur cet ordinateur</translation>
        </message>
        <message>
            <source>Every result is saved here first. A receipt signed by headquarters says that it is there too.</source>
            <translation>Chaque résultat est d’abord enregistré ici. Un reçu signé par le quartier général dit qu’il y est aussi.</translation>
        </message>
    </context>
    <context>
        <name>TakePage</name>
        <message>
            <source>Where</source>
            <translation>Où</translation>
        </message>
        <message>
            <source>This folder</source>
            <translation>Ce dossier</translation>
        </message>
        <message>
            <source>Path</source>
            <translation>Chemin</translation>
        </message>
        <message>
            <source>Free</source>
            <translation>Libre</translation>
        </message>
        <message>
            <source>Where the file goes</source>
            <translation>Où mettre le fichier</translation>
        </message>
        <message>
            <source>Writing for headquarters</source>
            <translation>Écriture pour le quartier général</translation>
        </message>
        <message>
            <source>Take it to headquarters on a stick</source>
            <translation>Tout apporter au quartier général sur une clé</translation>
        </message>
        <message>
            <source>Where to</source>
            <translation>Où l’écrire</translation>
        </message>
        <message>
            <source>Put a stick in: it appears here by itself. Or choose any folder.</source>
            <translation>Branchez une clé : elle apparaît ici d’elle-même. Ou choisissez un dossier.</translation>
        </message>
        <message>
            <source>Another folder…</source>
            <translation>Un autre dossier…</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>Back to Sync</source>
            <translation>Retour à Synchronisation</translation>
        </message>
        <message>
            <source>Write once more</source>
            <translation>Écrire encore une fois</translation>
        </message>
        <message>
            <source>Writing…</source>
            <translation>Écriture…</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Réessayer</translation>
        </message>
        <message>
            <source>Write it</source>
            <translation>Écrire</translation>
        </message>
        <message>
            <source>%1 result for headquarters</source>
            <translation>%1 résultat pour le quartier général</translation>
        </message>
        <message>
            <source>%1 results for headquarters</source>
            <translation>%1 résultats pour le quartier général</translation>
        </message>
        <message>
            <source>%1 change for headquarters</source>
            <translation>%1 modification pour le quartier général</translation>
        </message>
        <message>
            <source>%1 changes for headquarters</source>
            <translation>%1 modifications pour le quartier général</translation>
        </message>
        <message>
            <source>Headquarters has everything of this laptop.</source>
            <translation>Le quartier général a tout de cet ordinateur.</translation>
        </message>
        <message>
            <source>The file is sealed for %1: nobody else can read it, even if the stick is lost.</source>
            <translation>Le fichier est scellé pour %1 : personne d’autre ne peut le lire, même si la clé se perd.</translation>
        </message>
        <message>
            <source>The file asks %1 what others did. It is sealed: nobody else can read it.</source>
            <translation>Le fichier demande à %1 ce que les autres ont fait. Il est scellé : personne d’autre ne peut le lire.</translation>
        </message>
        <message>
            <source>Writing. Leave the stick in.</source>
            <translation>Écriture en cours. Laissez la clé branchée.</translation>
        </message>
        <message>
            <source>The file is read back from the stick before this says that it is whole.</source>
            <translation>Le fichier est relu sur la clé avant d’être déclaré complet.</translation>
        </message>
        <message>
            <source>Stopped. Nothing was left on the stick, and everything is kept here.</source>
            <translation>Arrêté. Rien n’a été laissé sur la clé et tout est conservé ici.</translation>
        </message>
        <message>
            <source>Nothing was written.</source>
            <translation>Rien n’a été écrit.</translation>
        </message>
        <message>
            <source>%1 result</source>
            <translation>%1 résultat</translation>
        </message>
        <message>
            <source>%1 results</source>
            <translation>%1 résultats</translation>
        </message>
        <message>
            <source>%1 entry in all</source>
            <translation>%1 saisie en tout</translation>
        </message>
        <message>
            <source>%1 entries in all</source>
            <translation>%1 saisies en tout</translation>
        </message>
        <message>
            <source>On it: %1, %2.</source>
            <translation>Contenu : %1, %2.</translation>
        </message>
        <message>
            <source>On it: the question what others did.</source>
            <translation>Contenu : une demande du travail des autres.</translation>
        </message>
        <message>
            <source>For: %1</source>
            <translation>Pour : %1</translation>
        </message>
        <message>
            <source>File: %1 (%2)</source>
            <translation>Fichier : %1 (%2)</translation>
        </message>
        <message>
            <source>1. Take the stick to headquarters, where the file is read in.</source>
            <translation>1. Apportez la clé au quartier général, où le fichier est lu.</translation>
        </message>
        <message>
            <source>2. Headquarters writes its answer on the stick: receipts, and what others did.</source>
            <translation>2. Le quartier général écrit sa réponse sur la clé : les reçus et le travail des autres.</translation>
        </message>
        <message>
            <source>3. Bring the stick back and choose “I have a stick from headquarters”.</source>
            <translation>3. Rapportez la clé et choisissez « J’ai une clé du quartier général ».</translation>
        </message>
        <message>
            <source>Safe to remove.</source>
            <translation>Vous pouvez retirer la clé.</translation>
        </message>
        <message>
            <source>The file is whole on the stick. Until the answer or a sync comes, this laptop keeps everything.</source>
            <translation>Le fichier est complet sur la clé. D’ici la réponse ou une synchronisation, cet ordinateur conserve tout.</translation>
        </message>
        <message>
            <source>%2: %1 result</source>
            <translation>%2 : %1 résultat</translation>
        </message>
        <message>
            <source>%2: %1 results</source>
            <translation>%2 : %1 résultats</translation>
        </message>
        <message>
            <source>and %1 earlier evening</source>
            <translation>et %1 soirée précédente</translation>
        </message>
        <message>
            <source>and %1 earlier evenings</source>
            <translation>et %1 soirées précédentes</translation>
        </message>
    </context>
    <context>
        <name>TopCard</name>
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
            <source>Take it on a stick</source>
            <translation>Apporter sur une clé</translation>
        </message>
        <message>
            <source>I have a stick from headquarters</source>
            <translation>J’ai une clé du quartier général</translation>
        </message>
    </context>
    <context>
        <name>Tour</name>
        <message>
            <source>Desktop</source>
            <translation>Bureau</translation>
        </message>
    </context>
</TS>
