<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>CutPanel</name>
        <message>
            <source>Every door in no turf</source>
            <translation>Toutes les portes hors secteur</translation>
        </message>
        <message>
            <source>The doors chosen on the map</source>
            <translation>Les portes choisies sur la carte</translation>
        </message>
        <message>
            <source>About %1 turf of %2.</source>
            <translation>Environ %1 secteur de %2.</translation>
        </message>
        <message>
            <source>About %1 turfs of %2.</source>
            <translation>Environ %1 secteurs de %2.</translation>
        </message>
        <message>
            <source>Click the place on the map.</source>
            <translation>Cliquez sur l’endroit voulu sur la carte.</translation>
        </message>
        <message>
            <source>Walks begin near the flag.</source>
            <translation>Les parcours commencent près du drapeau.</translation>
        </message>
        <message>
            <source>None: each walk begins where it is shortest.</source>
            <translation>Aucun : chaque parcours commence là où il est le plus court.</translation>
        </message>
        <message>
            <source>Cut turfs</source>
            <translation>Découper en secteurs</translation>
        </message>
        <message>
            <source>What to cut</source>
            <translation>Quoi découper</translation>
        </message>
        <message>
            <source>How large</source>
            <translation>De quelle taille</translation>
        </message>
        <message>
            <source>Where walks begin</source>
            <translation>Début des parcours</translation>
        </message>
        <message>
            <source>Houses only</source>
            <translation>Maisons seulement</translation>
        </message>
        <message>
            <source>Buildings of six doors and more are left out, and said.</source>
            <translation>Les immeubles de six portes et plus sont laissés de côté, et c’est dit.</translation>
        </message>
        <message>
            <source>Not across major streets</source>
            <translation>Sans traverser de grande rue</translation>
        </message>
        <message>
            <source>Each turf stays on one side of them.</source>
            <translation>Chaque secteur reste d’un seul côté.</translation>
        </message>
        <message>
            <source>Number of the try</source>
            <translation>Numéro de l’essai</translation>
        </message>
        <message>
            <source>minutes each</source>
            <translation>minutes chacun</translation>
        </message>
        <message>
            <source>doors each</source>
            <translation>portes chacun</translation>
        </message>
        <message>
            <source>turfs in all</source>
            <translation>secteurs en tout</translation>
        </message>
        <message>
            <source>volunteers tonight</source>
            <translation>bénévoles ce soir</translation>
        </message>
        <message>
            <source>Set a meeting point</source>
            <translation>Fixer un point de rendez-vous</translation>
        </message>
        <message>
            <source>Without a meeting point</source>
            <translation>Sans point de rendez-vous</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Plus</translation>
        </message>
        <message>
            <source>The same number gives the same cut. Another number gives another one.</source>
            <translation>Le même numéro donne le même découpage; un autre numéro en donne un autre.</translation>
        </message>
        <message>
            <source>Cut</source>
            <translation>Découper</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
    </context>
    <context>
        <name>StudioEdits</name>
        <message>
            <source>%1 turf is proposed. Nothing is made yet.</source>
            <translation>%1 secteur est proposé. Rien n’est encore créé.</translation>
        </message>
        <message>
            <source>%1 turfs are proposed. Nothing is made yet.</source>
            <translation>%1 secteurs sont proposés. Rien n’est encore créé.</translation>
        </message>
        <message>
            <source>Cutting turfs</source>
            <translation>Découpage en secteurs</translation>
        </message>
        <message>
            <source>Evening out the turfs</source>
            <translation>Équilibrage des secteurs</translation>
        </message>
        <message>
            <source>The turfs are evened out.</source>
            <translation>Les secteurs sont équilibrés.</translation>
        </message>
        <message>
            <source>Cutting for one fewer</source>
            <translation>Redécoupage avec un secteur de moins</translation>
        </message>
        <message>
            <source>There is one turf fewer.</source>
            <translation>Il y a un secteur de moins.</translation>
        </message>
        <message>
            <source>Stopped. Everything is as it was.</source>
            <translation>Arrêté. Tout est resté comme avant.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>Rien n’a été modifié.</translation>
        </message>
        <message>
            <source>Nothing was changed: the turf is locked.</source>
            <translation>Rien n’a été modifié : le secteur est verrouillé.</translation>
        </message>
        <message>
            <source>%1 stay in a locked turf.</source>
            <translation>Restent dans un secteur verrouillé : %1.</translation>
        </message>
        <message>
            <source>%1 turf is made.</source>
            <translation>%1 secteur est créé.</translation>
        </message>
        <message>
            <source>%1 turfs are made.</source>
            <translation>%1 secteurs sont créés.</translation>
        </message>
        <message>
            <source>%1 door stays where it was.</source>
            <translation>%1 porte reste où elle était.</translation>
        </message>
        <message>
            <source>%1 doors stay where they were.</source>
            <translation>%1 portes restent où elles étaient.</translation>
        </message>
        <message>
            <source>Making turfs</source>
            <translation>Création des secteurs</translation>
        </message>
        <message>
            <source>The proposal is thrown away. No turf was made.</source>
            <translation>La proposition est abandonnée. Aucun secteur n’a été créé.</translation>
        </message>
    </context>
    <context>
        <name>StudioHand</name>
        <message>
            <source>Click the turf that takes them, or press M and its letters.</source>
            <translation>Cliquez sur le secteur qui les reçoit, ou appuyez sur M puis tapez ses lettres.</translation>
        </message>
    </context>
    <context>
        <name>StudioSide</name>
        <message>
            <source>It lies in %1 pieces.</source>
            <translation>Il est en %1 morceaux.</translation>
        </message>
        <message>
            <source>Locked: no change touches it.</source>
            <translation>Verrouillé : aucune modification ne le touche.</translation>
        </message>
        <message>
            <source>Turf</source>
            <translation>Secteur</translation>
        </message>
        <message>
            <source>Doors</source>
            <translation>Portes</translation>
        </message>
        <message>
            <source>Minutes</source>
            <translation>Minutes</translation>
        </message>
        <message>
            <source>km</source>
            <translation>km</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 de %2</translation>
        </message>
        <message>
            <source>%1 turf proposed</source>
            <translation>%1 secteur proposé</translation>
        </message>
        <message>
            <source>%1 turfs proposed</source>
            <translation>%1 secteurs proposés</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <translation>de %1 à %2</translation>
        </message>
        <message>
            <source>In no turf: %1</source>
            <translation>Hors secteur : %1</translation>
        </message>
        <message>
            <source>Without a place: %1</source>
            <translation>Sans emplacement : %1</translation>
        </message>
        <message>
            <source>Make %1 turf</source>
            <translation>Créer %1 secteur</translation>
        </message>
        <message>
            <source>Make %1 turfs</source>
            <translation>Créer %1 secteurs</translation>
        </message>
        <message>
            <source>%1 door is in another turf now and stays there.</source>
            <translation>%1 porte est maintenant dans un autre secteur et y reste.</translation>
        </message>
        <message>
            <source>%1 doors are in other turfs now and stay there.</source>
            <translation>%1 portes sont maintenant dans d’autres secteurs et y restent.</translation>
        </message>
        <message>
            <source>%1 door is not to be knocked at any more.</source>
            <translation>On ne frappe plus à %1 porte.</translation>
        </message>
        <message>
            <source>%1 doors are not to be knocked at any more.</source>
            <translation>On ne frappe plus à %1 portes.</translation>
        </message>
        <message>
            <source>%1 door is no longer in this riding.</source>
            <translation>%1 porte n’est plus dans cette circonscription.</translation>
        </message>
        <message>
            <source>%1 doors are no longer in this riding.</source>
            <translation>%1 portes ne sont plus dans cette circonscription.</translation>
        </message>
        <message>
            <source>%1 new door is not in this cut.</source>
            <translation>%1 nouvelle porte n’est pas dans ce découpage.</translation>
        </message>
        <message>
            <source>%1 new doors are not in this cut.</source>
            <translation>%1 nouvelles portes ne sont pas dans ce découpage.</translation>
        </message>
        <message>
            <source>%1 would fall into pieces. Cut off: %2.</source>
            <translation>%1 serait morcelé. Isolées : %2.</translation>
        </message>
        <message>
            <source>They cannot go to another turf instead.</source>
            <translation>Elles ne peuvent pas aller dans un autre secteur.</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Plus tard</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>Couleur</translation>
        </message>
        <message>
            <source>Draw the turf in the next of the twelve colours</source>
            <translation>Dessiner le secteur dans la couleur suivante des douze</translation>
        </message>
        <message>
            <source>The proposal stays on this laptop as it is.</source>
            <translation>La proposition reste telle quelle sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Name of the turf</source>
            <translation>Nom du secteur</translation>
        </message>
        <message>
            <source>Give them to the turf beside</source>
            <translation>Les donner au secteur voisin</translation>
        </message>
        <message>
            <source>Do it anyway</source>
            <translation>Le faire quand même</translation>
        </message>
        <message>
            <source>Leave it as it was</source>
            <translation>Laisser comme avant</translation>
        </message>
        <message>
            <source>letters or name, then Enter</source>
            <translation>lettres ou nom, puis Entrée</translation>
        </message>
        <message>
            <source>Which turf</source>
            <translation>Quel secteur</translation>
        </message>
        <message>
            <source>Throw away</source>
            <translation>Abandonner</translation>
        </message>
        <message>
            <source>No turf is made; the doors stay as they were.</source>
            <translation>Aucun secteur n’est créé; les portes restent comme avant.</translation>
        </message>
        <message>
            <source>Turfs proposed</source>
            <translation>Secteurs proposés</translation>
        </message>
    </context>
    <context>
        <name>StudioTools</name>
        <message>
            <source>Select</source>
            <translation>Choisir</translation>
        </message>
        <message>
            <source>Lasso</source>
            <translation>Lasso</translation>
        </message>
        <message>
            <source>Pan</source>
            <translation>Déplacer</translation>
        </message>
        <message>
            <source>Move to…</source>
            <translation>Transférer…</translation>
        </message>
        <message>
            <source>New turf</source>
            <translation>Nouveau</translation>
        </message>
        <message>
            <source>Split</source>
            <translation>Diviser</translation>
        </message>
        <message>
            <source>Join</source>
            <translation>Réunir</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Déverrouiller</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>Give up</source>
            <translation>Supprimer</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Rétablir</translation>
        </message>
        <message>
            <source>Balance</source>
            <translation>Équilibrer</translation>
        </message>
        <message>
            <source>One fewer</source>
            <translation>Un de moins</translation>
        </message>
        <message>
            <source>Choose blocks by clicking</source>
            <translation>Choisir des pâtés de portes en cliquant</translation>
        </message>
        <message>
            <source>Draw around doors</source>
            <translation>Entourer des portes</translation>
        </message>
        <message>
            <source>Move the map</source>
            <translation>Déplacer la carte</translation>
        </message>
        <message>
            <source>Give the chosen doors to another turf</source>
            <translation>Donner les portes choisies à un autre secteur</translation>
        </message>
        <message>
            <source>Make a new turf of the chosen doors</source>
            <translation>Faire un nouveau secteur des portes choisies</translation>
        </message>
        <message>
            <source>Split the turf in two</source>
            <translation>Diviser le secteur en deux</translation>
        </message>
        <message>
            <source>Join the turf with one beside it</source>
            <translation>Réunir le secteur avec un secteur voisin</translation>
        </message>
        <message>
            <source>Keep the turf as it is, or let it change again</source>
            <translation>Garder le secteur tel quel, ou le laisser changer de nouveau</translation>
        </message>
        <message>
            <source>Give the turf up: the turfs beside it take its doors</source>
            <translation>Supprimer le secteur : ses voisins prennent ses portes</translation>
        </message>
        <message>
            <source>Take the last change back</source>
            <translation>Annuler la dernière modification</translation>
        </message>
        <message>
            <source>Make it again</source>
            <translation>La rétablir</translation>
        </message>
        <message>
            <source>Even out every turf that is not locked</source>
            <translation>Équilibrer tous les secteurs qui ne sont pas verrouillés</translation>
        </message>
        <message>
            <source>One volunteer fewer: cut what is not locked and not walked anew</source>
            <translation>Un bénévole de moins : redécouper ce qui n’est ni verrouillé ni parcouru</translation>
        </message>
    </context>
    <context>
        <name>StudioUse</name>
        <message>
            <source>Moved to %2: %1.</source>
            <translation>Transférées dans %2 : %1.</translation>
        </message>
        <message>
            <source>%1 is now part of %2.</source>
            <translation>%1 fait maintenant partie de %2.</translation>
        </message>
        <message>
            <source>A new turf of %1.</source>
            <translation>Un nouveau secteur de %1.</translation>
        </message>
        <message>
            <source>%1 is split in two.</source>
            <translation>%1 est divisé en deux.</translation>
        </message>
        <message>
            <source>%1 can change again.</source>
            <translation>%1 peut de nouveau changer.</translation>
        </message>
        <message>
            <source>%1 is locked.</source>
            <translation>%1 est verrouillé.</translation>
        </message>
        <message>
            <source>%1 is given up. The turfs beside it took its doors.</source>
            <translation>%1 est supprimé. Ses voisins ont pris ses portes.</translation>
        </message>
        <message>
            <source>%1 has another colour.</source>
            <translation>%1 a une autre couleur.</translation>
        </message>
        <message>
            <source>The turf is called %1.</source>
            <translation>Le secteur s’appelle %1.</translation>
        </message>
        <message>
            <source>To which turf? Click it on the map, or type its letters.</source>
            <translation>Vers quel secteur? Cliquez dessus sur la carte ou tapez ses lettres.</translation>
        </message>
        <message>
            <source>Which turf joins it? Click it on the map, or type its letters.</source>
            <translation>Quel secteur s’y joint? Cliquez dessus sur la carte ou tapez ses lettres.</translation>
        </message>
        <message>
            <source>No turf is called %1.</source>
            <translation>Aucun secteur ne s’appelle %1.</translation>
        </message>
    </context>
    <context>
        <name>TurfStudio</name>
        <message>
            <source>cut turfs</source>
            <translation>découper en secteurs</translation>
        </message>
        <message>
            <source>add to the doors chosen, take away from them</source>
            <translation>ajouter aux portes choisies, en retirer</translation>
        </message>
        <message>
            <source>let go</source>
            <translation>désélectionner</translation>
        </message>
        <message>
            <source>Cut turfs</source>
            <translation>Découper en secteurs</translation>
        </message>
        <message>
            <source>Make the proposed turfs</source>
            <translation>Créer les secteurs proposés</translation>
        </message>
        <message>
            <source>Even out the proposed turfs</source>
            <translation>Équilibrer les secteurs proposés</translation>
        </message>
        <message>
            <source>Throw the proposal away</source>
            <translation>Abandonner la proposition</translation>
        </message>
    </context>
    <context>
        <name>TurfsLayout</name>
        <message>
            <source>Cut turfs…</source>
            <translation>Découper…</translation>
        </message>
    </context>
</TS>
