<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
<context>
    <name>ConditionRow</name>
    <message>
        <source>choose…</source>
        <translation>choisir…</translation>
    </message>
    <message>
        <source>any answer</source>
        <translation>n’importe laquelle</translation>
    </message>
    <message>
        <source>as drawn on the map</source>
        <translation>comme tracé sur la carte</translation>
    </message>
    <message>
        <source>Draw around the doors on the map.</source>
        <translation>Entourez les portes sur la carte.</translation>
    </message>
    <message>
        <source>Day, as 2026-11-03</source>
        <translation>Jour, ainsi&#xa0;: 2026-11-03</translation>
    </message>
    <message>
        <source>Polling divisions</source>
        <translation>Sections de vote</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>quelqu’un</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>personne</translation>
    </message>
    <message>
        <source>is</source>
        <translation>est</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>n’est pas</translation>
    </message>
    <message>
        <source>on</source>
        <translation>dans</translation>
    </message>
    <message>
        <source>not on</source>
        <translation>hors de</translation>
    </message>
    <message>
        <source>in</source>
        <translation>dans</translation>
    </message>
    <message>
        <source>not in</source>
        <translation>hors de</translation>
    </message>
    <message>
        <source>since</source>
        <translation>depuis le</translation>
    </message>
    <message>
        <source>before, or none</source>
        <translation>avant, ou aucune</translation>
    </message>
    <message>
        <source>inside</source>
        <translation>à l’intérieur</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>à l’extérieur</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>Rue</translation>
    </message>
    <message>
        <source>Polling division</source>
        <translation>Section de vote</translation>
    </message>
    <message>
        <source>Last attempt</source>
        <translation>Dernière tentative</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Appui</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>Dernier résultat</translation>
    </message>
    <message>
        <source>and</source>
        <translation>et</translation>
    </message>
    <message>
        <source>or</source>
        <translation>ou</translation>
    </message>
    <message>
        <source>both sides</source>
        <translation>les deux côtés</translation>
    </message>
    <message>
        <source>odd side</source>
        <translation>côté impair</translation>
    </message>
    <message>
        <source>even side</source>
        <translation>côté pair</translation>
    </message>
    <message>
        <source>to</source>
        <translation>à</translation>
    </message>
    <message>
        <source>any street</source>
        <translation>toutes les rues</translation>
    </message>
    <message>
        <source>Joined by</source>
        <translation>Joint par</translation>
    </message>
    <message>
        <source>What the condition is about</source>
        <translation>Objet de la condition</translation>
    </message>
    <message>
        <source>Whether it holds</source>
        <translation>Si elle est remplie</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Side of the street</source>
        <translation>Côté de la rue</translation>
    </message>
    <message>
        <source>From number</source>
        <translation>Du numéro</translation>
    </message>
    <message>
        <source>To number</source>
        <translation>Au numéro</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>Retirer cette condition</translation>
    </message>
</context>
<context>
    <name>SelectionPanel</name>
    <message>
        <source>a new selection</source>
        <translation>une nouvelle sélection</translation>
    </message>
    <message>
        <source>which doors?</source>
        <translation>quelles portes?</translation>
    </message>
    <message>
        <source>Kept out: %1 door where nobody is to knock.</source>
        <translation>Mise de côté&#xa0;: %1 porte où l’on ne doit pas frapper.</translation>
    </message>
    <message>
        <source>Kept out: %1 doors where nobody is to knock.</source>
        <translation>Mises de côté&#xa0;: %1 portes où l’on ne doit pas frapper.</translation>
    </message>
    <message>
        <source>Checked out: %1 door on a walk list that is not back.</source>
        <translation>Déjà remise&#xa0;: %1 porte d’une liste qui n’est pas revenue.</translation>
    </message>
    <message>
        <source>Checked out: %1 doors on walk lists that are not back.</source>
        <translation>Déjà remises&#xa0;: %1 portes de listes qui ne sont pas revenues.</translation>
    </message>
    <message>
        <source>A condition still lacks its value.</source>
        <translation>Il manque encore une valeur à une condition.</translation>
    </message>
    <message>
        <source>It is too intertwined to be changed here; the command “canvass-app selections” does that.</source>
        <translation>Elle est trop imbriquée pour être modifiée ici; la commande «&#xa0;canvass-app selections&#xa0;» le permet.</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>Enregistrer les changements</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Choose doors</source>
        <translation>Choisir des portes</translation>
    </message>
    <message>
        <source>Saved selections</source>
        <translation>Sélections enregistrées</translation>
    </message>
    <message>
        <source>Every door, for now. Begin with one of these, or add a condition of your own.</source>
        <translation>Toutes les portes, pour l’instant. Commencez par l’une de ces conditions ou ajoutez la vôtre.</translation>
    </message>
    <message>
        <source>with doors where nobody is to knock</source>
        <translation>avec les portes «&#xa0;ne pas frapper&#xa0;»</translation>
    </message>
    <message>
        <source>with doors on lists that are out</source>
        <translation>avec les portes des listes en cours</translation>
    </message>
    <message>
        <source>Name, to use it again; the riding shares it</source>
        <translation>Nom, pour la réutiliser; la circonscription la partage</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>Ajouter une condition</translation>
    </message>
    <message>
        <source>Choose on the map</source>
        <translation>Choisir sur la carte</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Name of the selection</source>
        <translation>Nom de la sélection</translation>
    </message>
</context>
<context>
    <name>Selecting</name>
    <message>
        <source>Odd sides, tonight</source>
        <translation>Côtés impairs, ce soir</translation>
    </message>
    <message>
        <source>%1 door of the selection has no place on the map.</source>
        <translation>%1 porte de la sélection n’a pas d’emplacement sur la carte.</translation>
    </message>
    <message>
        <source>%1 doors of the selection have no place on the map.</source>
        <translation>%1 portes de la sélection n’ont pas d’emplacement sur la carte.</translation>
    </message>
    <message>
        <source>A newer version of Canvass made “%1”. Update Canvass to use it.</source>
        <translation>Une version plus récente de Canvass a fait «&#xa0;%1&#xa0;». Mettez Canvass à jour pour vous en servir.</translation>
    </message>
    <message>
        <source>The selection %1 is saved.</source>
        <translation>La sélection %1 est enregistrée.</translation>
    </message>
    <message>
        <source>The selection %1 is removed.</source>
        <translation>La sélection %1 est retirée.</translation>
    </message>
</context>
<context>
    <name>ToolsRow</name>
    <message>
        <source>Choose doors</source>
        <translation>Choisir des portes</translation>
    </message>
</context>
<context>
    <name>TurfsScreen</name>
    <message>
        <source>choose doors by conditions</source>
        <translation>choisir des portes par conditions</translation>
    </message>
    <message>
        <source>Choose doors</source>
        <translation>Choisir des portes</translation>
    </message>
</context>
</TS>
