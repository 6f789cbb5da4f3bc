<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
<context>
    <name>Commands</name>
    <message>
        <source>Teams and their events</source>
        <translation>Équipes et activités</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Choose a PIN</source>
        <translation>Choisir un NIP</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Teams</source>
        <translation>Équipes</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>%1 opens shifts with a PIN from now on.</source>
        <translation>%1 ouvre désormais ses quarts avec un NIP.</translation>
    </message>
</context>
<context>
    <name>PinRow</name>
    <message>
        <source>New PIN for %1, 4 to 8 digits, twice:</source>
        <translation>Nouveau NIP de %1, de 4 à 8 chiffres, deux fois&#xa0;:</translation>
    </message>
    <message>
        <source>PIN of %1:</source>
        <translation>NIP de %1&#xa0;:</translation>
    </message>
    <message>
        <source>The same PIN again</source>
        <translation>Le même NIP de nouveau</translation>
    </message>
    <message>
        <source>Keep this PIN</source>
        <translation>Garder ce NIP</translation>
    </message>
    <message>
        <source>It is me</source>
        <translation>C’est moi</translation>
    </message>
</context>
<context>
    <name>TeamErasing</name>
    <message>
        <source>The member was erased, here and wherever this laptop’s events go.</source>
        <translation>Le membre est effacé, ici et partout où vont les événements de cet ordinateur.</translation>
    </message>
    <message>
        <source>Erasing a member</source>
        <translation>Effacement d’un membre</translation>
    </message>
</context>
<context>
    <name>TeamVerbs</name>
    <message>
        <source>Taken back: %1</source>
        <translation>Annulé&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Plan an event first (E); then its roll is here.</source>
        <translation>Prévoyez d’abord une activité (E); sa liste de présences sera ici.</translation>
    </message>
    <message>
        <source>Name of the team</source>
        <translation>Nom de l’équipe</translation>
    </message>
    <message>
        <source>Where it meets</source>
        <translation>Lieu de rencontre</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Change the team</source>
        <translation>Modifier l’équipe</translation>
    </message>
    <message>
        <source>New team</source>
        <translation>Nouvelle équipe</translation>
    </message>
    <message>
        <source>%1 is made.</source>
        <translation>L’équipe %1 est créée.</translation>
    </message>
    <message>
        <source>%1 is changed.</source>
        <translation>%1&#xa0;: modification enregistrée.</translation>
    </message>
    <message>
        <source>%1 is open again.</source>
        <translation>L’équipe %1 est rouverte.</translation>
    </message>
    <message>
        <source>%1 is closed.</source>
        <translation>L’équipe %1 est fermée.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Langues</translation>
    </message>
    <message>
        <source>English, French</source>
        <translation>anglais, français</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>Besoins</translation>
    </message>
    <message>
        <source>no stairs</source>
        <translation>pas d’escaliers</translation>
    </message>
    <message>
        <source>Change the member</source>
        <translation>Modifier le membre</translation>
    </message>
    <message>
        <source>New member</source>
        <translation>Nouveau membre</translation>
    </message>
    <message>
        <source>%1 is in %2.</source>
        <translation>%1 fait partie de %2.</translation>
    </message>
    <message>
        <source>%1 is a member.</source>
        <translation>%1 est membre.</translation>
    </message>
    <message>
        <source>%1 is a team lead.</source>
        <translation>%1 est responsable de l’équipe.</translation>
    </message>
    <message>
        <source>%1 left the team.</source>
        <translation>%1 a quitté l’équipe.</translation>
    </message>
    <message>
        <source>%1 has no PIN now, and chooses another at the next shift.</source>
        <translation>%1 n’a plus de NIP et en choisira un autre au prochain quart.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Places</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sans limite</translation>
    </message>
    <message>
        <source>Change the event</source>
        <translation>Modifier l’activité</translation>
    </message>
    <message>
        <source>New event</source>
        <translation>Nouvelle activité</translation>
    </message>
    <message>
        <source>The event is changed.</source>
        <translation>L’activité est modifiée.</translation>
    </message>
    <message>
        <source>The event is planned.</source>
        <translation>L’activité est prévue.</translation>
    </message>
    <message>
        <source>It takes place after all: %1.</source>
        <translation>Elle a finalement lieu&#xa0;: %1.</translation>
    </message>
    <message>
        <source>It is cancelled: %1.</source>
        <translation>Elle est annulée&#xa0;: %1.</translation>
    </message>
</context>
<context>
    <name>Teams</name>
    <message>
        <source>This team is closed.</source>
        <translation>Cette équipe est fermée.</translation>
    </message>
    <message>
        <source>Meets at</source>
        <translation>Lieu de rencontre</translation>
    </message>
    <message>
        <source>Team leads</source>
        <translation>Responsables</translation>
    </message>
    <message>
        <source>%1 member</source>
        <translation>%1 membre</translation>
    </message>
    <message>
        <source>%1 members</source>
        <translation>%1 membres</translation>
    </message>
    <message>
        <source>%1 event to come</source>
        <translation>%1 activité à venir</translation>
    </message>
    <message>
        <source>%1 events to come</source>
        <translation>%1 activités à venir</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Attendance</source>
        <translation>Présence</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 à %2</translation>
    </message>
    <message>
        <source>This event is cancelled.</source>
        <translation>Cette activité est annulée.</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>Coming</source>
        <translation>Viennent</translation>
    </message>
    <message>
        <source>Every place is taken.</source>
        <translation>Toutes les places sont prises.</translation>
    </message>
    <message>
        <source>Maybe</source>
        <translation>Peut-être</translation>
    </message>
    <message>
        <source>%1 came, %2 did not</source>
        <translation>présences&#xa0;: %1, absences&#xa0;: %2</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Langues</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>Besoins</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Équipes</translation>
    </message>
    <message>
        <source>came %1, did not come %2</source>
        <translation>présences&#xa0;: %1, absences&#xa0;: %2</translation>
    </message>
    <message>
        <source>Said that they come</source>
        <translation>A répondu venir</translation>
    </message>
    <message>
        <source>Opens shifts with a PIN.</source>
        <translation>Ouvre ses quarts avec un NIP.</translation>
    </message>
    <message>
        <source>Erase %1 for good?</source>
        <translation>Effacer %1 pour toujours?</translation>
    </message>
    <message>
        <source>Entries that are emptied: %1</source>
        <translation>Saisies qui seront vidées&#xa0;: %1</translation>
    </message>
    <message>
        <source>Records that mean this person: %1</source>
        <translation>Fiches qui désignent cette personne&#xa0;: %1</translation>
    </message>
    <message>
        <source>Backups that a new one replaces: %1</source>
        <translation>Sauvegardes remplacées par une nouvelle&#xa0;: %1</translation>
    </message>
    <message>
        <source>How did they ask? Leave their name out: this is kept.</source>
        <translation>Comment la demande est-elle venue? Sans le nom&#xa0;: ceci est conservé.</translation>
    </message>
    <message>
        <source>Erase for good</source>
        <translation>Effacer pour toujours</translation>
    </message>
    <message>
        <source>Leave everything as it is</source>
        <translation>Tout laisser tel quel</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annulée</translation>
    </message>
    <message>
        <source>over</source>
        <translation>passée</translation>
    </message>
    <message>
        <source>full</source>
        <translation>complète</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>%1 (closed)</source>
        <translation>%1 (fermée)</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Membres</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Came</source>
        <translation>Présents</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
</context>
<context>
    <name>TeamsScreen</name>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Membre</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Activité</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Équipes</translation>
    </message>
    <message>
        <source>came, did not come, not noted; then the next row</source>
        <translation>présence, absence, non noté; puis la ligne suivante</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espace</translation>
    </message>
    <message>
        <source>the answer: coming, maybe, not coming, none</source>
        <translation>la réponse&#xa0;: vient, peut-être, ne vient pas, aucune</translation>
    </message>
    <message>
        <source>new team</source>
        <translation>nouvelle équipe</translation>
    </message>
    <message>
        <source>new member of the team</source>
        <translation>nouveau membre de l’équipe</translation>
    </message>
    <message>
        <source>new event of the team</source>
        <translation>nouvelle activité de l’équipe</translation>
    </message>
    <message>
        <source>change what is chosen</source>
        <translation>modifier ce qui est choisi</translation>
    </message>
    <message>
        <source>team lead, or member again</source>
        <translation>responsable, ou de nouveau membre</translation>
    </message>
    <message>
        <source>close the team, cancel the event, or leave the team</source>
        <translation>fermer l’équipe, annuler l’activité ou quitter l’équipe</translation>
    </message>
    <message>
        <source>from the teams to the events to the roll</source>
        <translation>des équipes aux activités, puis à la liste de présences</translation>
    </message>
    <message>
        <source>take back</source>
        <translation>annuler</translation>
    </message>
    <message>
        <source>New team</source>
        <translation>Nouvelle équipe</translation>
    </message>
    <message>
        <source>New member</source>
        <translation>Nouveau membre</translation>
    </message>
    <message>
        <source>New event</source>
        <translation>Nouvelle activité</translation>
    </message>
    <message>
        <source>Roll: %1</source>
        <translation>Présences&#xa0;: %1</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Membres</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>Rouvrir l’équipe</translation>
    </message>
    <message>
        <source>Close the team</source>
        <translation>Fermer l’équipe</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Hold it after all</source>
        <translation>La tenir quand même</translation>
    </message>
    <message>
        <source>Cancel the event</source>
        <translation>Annuler l’activité</translation>
    </message>
    <message>
        <source>Member again</source>
        <translation>De nouveau membre</translation>
    </message>
    <message>
        <source>Make team lead</source>
        <translation>Rendre responsable</translation>
    </message>
    <message>
        <source>Leaves the team</source>
        <translation>Quitte l’équipe</translation>
    </message>
    <message>
        <source>Take the PIN away</source>
        <translation>Retirer le NIP</translation>
    </message>
    <message>
        <source>Erase …</source>
        <translation>Effacer…</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Activités</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>Liste de présences</translation>
    </message>
    <message>
        <source>No event is planned. Press E: a canvass, a call night or a training, with a day and a place.</source>
        <translation>Aucune activité n’est prévue. Appuyez sur E&#xa0;: un porte-à-porte, une soirée d’appels ou une formation, avec un jour et un lieu.</translation>
    </message>
    <message>
        <source>Nobody is in this team yet. Press M: a name is enough, the rest can follow.</source>
        <translation>Cette équipe n’a encore aucun membre. Appuyez sur M&#xa0;: un nom suffit, le reste peut suivre.</translation>
    </message>
    <message>
        <source>came</source>
        <translation>présence</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>réponse</translation>
    </message>
    <message>
        <source>change</source>
        <translation>modifier</translation>
    </message>
    <message>
        <source>all keys</source>
        <translation>toutes les touches</translation>
    </message>
    <message>
        <source>No teams yet</source>
        <translation>Aucune équipe pour le moment</translation>
    </message>
    <message>
        <source>Teams belong to a riding. First import the addresses of one, or join a campaign.</source>
        <translation>Les équipes appartiennent à une circonscription. Importez d’abord les adresses de l’une d’elles, ou joignez une campagne.</translation>
    </message>
    <message>
        <source>Import addresses</source>
        <translation>Importer des adresses</translation>
    </message>
    <message>
        <source>A team is the people who canvass or call together: a name, a meeting place, members. Its events take sign-ups, and the roll is called with one key a person.</source>
        <translation>Une équipe, ce sont des gens qui font du porte-à-porte ou des appels ensemble&#xa0;: un nom, un lieu, des membres. On s’inscrit à ses activités, et les présences se notent d’une touche par personne.</translation>
    </message>
</context>
</TS>
