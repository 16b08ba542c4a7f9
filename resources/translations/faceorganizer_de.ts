<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Face Organizer</source>
        <translation>Über Face Organizer</translation>
    </message>
    <message>
        <source>Face Organizer {version}</source>
        <translation>Face Organizer {version}</translation>
    </message>
    <message>
        <source>Finds the people in folders of photos, on your own computer.</source>
        <translation>Findet die Personen in Ordnern voller Fotos, auf Ihrem eigenen Rechner.</translation>
    </message>
    <message>
        <source>Free software: you may use it, change it and pass it on under the GNU General Public License, version 3 or later. It comes without any warranty.

The 68-point landmark model of dlib, which comes with it, was trained on the iBUG 300-W data. Its licence excludes commercial use. Faces can be aligned by the 5-point model instead: faceorganizer settings set vision.aligner 5-point.</source>
        <translation>Freie Software: Sie dürfen sie unter der GNU General Public License, Version 3 oder neuer, benutzen, verändern und weitergeben. Sie kommt ohne jede Gewährleistung.

Das mitgelieferte Modell von dlib für 68 Gesichtspunkte wurde mit den Daten iBUG 300-W trainiert. Deren Lizenz schließt gewerbliche Nutzung aus. Gesichter lassen sich stattdessen mit dem Modell für 5 Punkte ausrichten: faceorganizer settings set vision.aligner 5-point.</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Enthält</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>What the program is made of</source>
        <translation>Woraus das Programm besteht</translation>
    </message>
    <message>
        <source>Copy Versions</source>
        <translation>Versionen kopieren</translation>
    </message>
</context>
<context>
    <name>ActionBar</name>
    <message>
        <source>What to do with the selection</source>
        <translation>Was mit der Auswahl geschehen soll</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n ausgewählt</numerusform>
            <numerusform>%n ausgewählt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AddModelDialog</name>
    <message>
        <source>Add Model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>By its outputs: finds faces if it is YuNet, else as ArcFace</source>
        <translation>Nach den Ausgaben: findet Gesichter, wenn es YuNet ist, sonst wie ArcFace</translation>
    </message>
    <message>
        <source>Describes faces, as ArcFace</source>
        <translation>Beschreibt Gesichter, wie ArcFace</translation>
    </message>
    <message>
        <source>Describes faces, as ArcFace with pixels divided by 128</source>
        <translation>Beschreibt Gesichter, wie ArcFace mit durch 128 geteilten Pixeln</translation>
    </message>
    <message>
        <source>Describes faces, as OpenCV&apos;s SFace</source>
        <translation>Beschreibt Gesichter, wie SFace von OpenCV</translation>
    </message>
    <message>
        <source>Finds faces, as OpenCV&apos;s YuNet</source>
        <translation>Findet Gesichter, wie YuNet von OpenCV</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
</context>
<context>
    <name>AlbumDialog</name>
    <message>
        <source>New Album</source>
        <translation>Neues Album</translation>
    </message>
    <message>
        <source>Make Album</source>
        <translation>Album anlegen</translation>
    </message>
    <message>
        <source>{rule}. New photos that fit join by themselves.</source>
        <translation>{rule}. Neue Fotos, die dazu passen, kommen von selbst hinzu.</translation>
    </message>
    <message>
        <source>Choose people or dates for an album that fills itself, or none for one you fill by hand.</source>
        <translation>Wählen Sie Personen oder Zeiten für ein Album, das sich selbst füllt – oder nichts davon für eines, das Sie von Hand füllen.</translation>
    </message>
</context>
<context>
    <name>AlbumPlace</name>
    <message>
        <source>Keep Rule</source>
        <translation>Regel übernehmen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Put together by hand</source>
        <translation>Von Hand zusammengestellt</translation>
    </message>
    <message>
        <source>No photo fits the rule yet.</source>
        <translation>Noch passt kein Foto zu der Regel.</translation>
    </message>
    <message>
        <source>Edit Rule…</source>
        <translation>Regel bearbeiten …</translation>
    </message>
    <message>
        <source>Select photos and put them into this album.</source>
        <translation>Wählen Sie Fotos aus und legen Sie sie in dieses Album.</translation>
    </message>
    <message>
        <source>Show Photos</source>
        <translation>Fotos zeigen</translation>
    </message>
</context>
<context>
    <name>AlbumsPlace</name>
    <message>
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>Albums will be here: of people, of years, or put together by hand.</source>
        <translation>Hier stehen später Alben: von Personen, aus Jahren oder von Hand zusammengestellt.</translation>
    </message>
    <message>
        <source>New Album…</source>
        <translation>Neues Album …</translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message numerus="yes">
        <source>%n file(s) need attention</source>
        <translation>
            <numerusform>Eine Datei braucht Aufmerksamkeit</numerusform>
            <numerusform>%n Dateien brauchen Aufmerksamkeit</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Wird verglichen …</translation>
    </message>
    <message>
        <source>1 of {number} pairs</source>
        <translation>1 von {number} Paaren</translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message>
        <source>Face of {name}</source>
        <translation>Gesicht von {name}</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>this group</source>
        <translation>diese Gruppe</translation>
    </message>
    <message>
        <source>If they are different people, the face on the right leaves {name}.</source>
        <translation>Sind es verschiedene Personen, so verlässt das rechte Gesicht {name}.</translation>
    </message>
    <message>
        <source>How near they are is known, but not what that means for this model.</source>
        <translation>Wie nahe sie sich sind, ist bekannt, aber nicht, was das bei diesem Modell bedeutet.</translation>
    </message>
    <message>
        <source>Almost certainly one person: {percent} %</source>
        <translation>Fast sicher eine Person: {percent} %</translation>
    </message>
    <message>
        <source>Very likely one person: {percent} %</source>
        <translation>Sehr wahrscheinlich eine Person: {percent} %</translation>
    </message>
    <message>
        <source>Probably one person: {percent} %</source>
        <translation>Wahrscheinlich eine Person: {percent} %</translation>
    </message>
    <message>
        <source>Hard to say; one person: {percent} %</source>
        <translation>Schwer zu sagen; eine Person: {percent} %</translation>
    </message>
    <message>
        <source>Probably different people: {percent} %</source>
        <translation>Wahrscheinlich verschiedene Personen: {percent} %</translation>
    </message>
    <message>
        <source>Very likely different people: {percent} %</source>
        <translation>Sehr wahrscheinlich verschiedene Personen: {percent} %</translation>
    </message>
    <message>
        <source>Almost certainly different people: {percent} %</source>
        <translation>Fast sicher verschiedene Personen: {percent} %</translation>
    </message>
    <message>
        <source>Distance {distance}</source>
        <translation>Abstand {distance}</translation>
    </message>
    <message>
        <source>Distance {distance}: within the threshold of {threshold}, so taken for one person</source>
        <translation>Abstand {distance}: innerhalb der Schwelle von {threshold}, gilt also als eine Person</translation>
    </message>
    <message>
        <source>Distance {distance}: beyond the threshold of {threshold}, so taken for different people</source>
        <translation>Abstand {distance}: jenseits der Schwelle von {threshold}, gilt also als verschiedene Personen</translation>
    </message>
    <message>
        <source>Different people taken for one:</source>
        <translation>Verschiedene Personen für eine gehalten:</translation>
    </message>
    <message>
        <source>Different People</source>
        <translation>Verschiedene Personen</translation>
    </message>
    <message>
        <source>One Person</source>
        <translation>Eine Person</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Missed of people kept out</source>
        <translation>Verfehlt bei zurückgehaltenen Personen</translation>
    </message>
</context>
<context>
    <name>DatesDialog</name>
    <message>
        <source>When they were taken</source>
        <translation>Wann sie aufgenommen wurden</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>Two of these faces are in one photo. Are they the same person?</source>
        <translation>Zwei dieser Gesichter sind auf einem Foto. Sind sie dieselbe Person?</translation>
    </message>
    <message numerus="yes">
        <source>In a mirror or a collage they may be. This is about %n photo(s).</source>
        <translation>
            <numerusform>In einem Spiegel oder einer Collage kann das sein. Es geht um ein Foto.</numerusform>
            <numerusform>In einem Spiegel oder einer Collage kann das sein. Es geht um %n Fotos.</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave those faces out</source>
        <translation>Diese Gesichter auslassen</translation>
    </message>
    <message>
        <source>The same person</source>
        <translation>Dieselbe Person</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message>
        <source>Born on</source>
        <translation>Geboren am</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>Geburtstag</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>The birth date keeps older photos from being taken for this person.</source>
        <translation>Dank des Geburtstags werden ältere Fotos nicht für diese Person gehalten.</translation>
    </message>
</context>
<context>
    <name>DistancePlot</name>
    <message>
        <source>distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>One person</source>
        <translation>Eine Person</translation>
    </message>
    <message>
        <source>Different people</source>
        <translation>Verschiedene Personen</translation>
    </message>
</context>
<context>
    <name>DistanceScale</name>
    <message>
        <source>alike</source>
        <translation>ähnlich</translation>
    </message>
    <message>
        <source>unlike</source>
        <translation>unähnlich</translation>
    </message>
</context>
<context>
    <name>ExchangeDialog</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>Was ausgelassen wird</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Looking at the photos…</source>
        <translation>Die Fotos werden angesehen …</translation>
    </message>
    <message>
        <source>At work…</source>
        <translation>In Arbeit …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ExclusionsDialog</name>
    <message>
        <source>Leave Out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>What is left out of “{folder}”: names or patterns of files and folders, one a line. “Screenshots” leaves out every folder of that name, “*.gif” all files that end so, “2004/scans” one folder.

Photos that are left out disappear with the next scan; what was said of their faces is kept.</source>
        <translation>Was aus „{folder}“ ausgelassen wird: Namen oder Muster von Dateien und Ordnern, je Zeile eines. „Screenshots“ lässt alle Ordner dieses Namens aus, „*.gif“ alle Dateien mit dieser Endung, „2004/scans“ einen einzelnen Ordner.

Ausgelassene Fotos verschwinden mit der nächsten Suche; was zu ihren Gesichtern gesagt wurde, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Patterns</source>
        <translation>Muster</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export {title}</source>
        <translation>{title} exportieren</translation>
    </message>
    <message>
        <source>Photos in folders</source>
        <translation>Fotos in Ordnern</translation>
    </message>
    <message>
        <source>One zip file</source>
        <translation>Eine Zip-Datei</translation>
    </message>
    <message>
        <source>A gallery for a browser</source>
        <translation>Eine Galerie für den Browser</translation>
    </message>
    <message>
        <source>Faces, cut out</source>
        <translation>Ausgeschnittene Gesichter</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>A folder for each person</source>
        <translation>Ein Ordner je Person</translation>
    </message>
    <message>
        <source>Person, then year</source>
        <translation>Person, dann Jahr</translation>
    </message>
    <message>
        <source>One folder</source>
        <translation>Ein Ordner</translation>
    </message>
    <message>
        <source>No folders</source>
        <translation>Keine Ordner</translation>
    </message>
    <message>
        <source>As I write it</source>
        <translation>Eigene Vorgabe</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Aufbau</translation>
    </message>
    <message>
        <source>Folders and names, with: {person} {people} {album} {original} {year} {date:%Y-%m-%d} {index:04} {camera} {face}</source>
        <translation>Ordner und Namen, mit: {person} {people} {album} {original} {year} {date:%Y-%m-%d} {index:04} {camera} {face}</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>Copies that share their room on the disk</source>
        <translation>Kopien, die sich den Speicherplatz teilen</translation>
    </message>
    <message>
        <source>Hard links</source>
        <translation>Harte Verknüpfungen</translation>
    </message>
    <message>
        <source>Symbolic links</source>
        <translation>Symbolische Verknüpfungen</translation>
    </message>
    <message>
        <source>In the folder of each</source>
        <translation>In die Ordner aller</translation>
    </message>
    <message>
        <source>In a folder of them together</source>
        <translation>In einen gemeinsamen Ordner</translation>
    </message>
    <message>
        <source>Once only</source>
        <translation>Nur einmal</translation>
    </message>
    <message>
        <source>Groups without a name, too</source>
        <translation>Auch Gruppen ohne Namen</translation>
    </message>
    <message>
        <source>Remove what an earlier export wrote and does not belong there any more</source>
        <translation>Entfernen, was ein früherer Export schrieb und nicht mehr dorthin gehört</translation>
    </message>
    <message>
        <source>The first files</source>
        <translation>Die ersten Dateien</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Photos of several people</source>
        <translation>Fotos mehrerer Personen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Choose where.</source>
        <translation>Wählen Sie, wohin.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{photos} as %n new file(s), {size}</source>
        <translation>
            <numerusform>{photos} als eine neue Datei, {size}</numerusform>
            <numerusform>{photos} als %n neue Dateien, {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n there already</source>
        <translation>
            <numerusform>%n schon vorhanden</numerusform>
            <numerusform>%n schon vorhanden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to be removed</source>
        <translation>
            <numerusform>%n zu entfernen</numerusform>
            <numerusform>%n zu entfernen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out: nobody with a folder is in them</source>
        <translation>
            <numerusform>%n ausgelassen: niemand mit einem Ordner ist darauf</numerusform>
            <numerusform>%n ausgelassen: niemand mit einem Ordner ist darauf</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be exported</source>
        <translation>
            <numerusform>%n kann nicht exportiert werden</numerusform>
            <numerusform>%n können nicht exportiert werden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Zip file</source>
        <translation>Zip-Datei</translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation>Zip-Dateien (*.zip)</translation>
    </message>
    <message>
        <source>Folder to export into</source>
        <translation>Zielordner des Exports</translation>
    </message>
    <message>
        <source>Exporting: {done} of {total}</source>
        <translation>Export: {done} von {total}</translation>
    </message>
    <message>
        <source>Looking what is to be exported…</source>
        <translation>Es wird nachgesehen, was zu exportieren ist …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stopped. What was exported by then stays; exporting again goes on.</source>
        <translation>Angehalten. Was bis dahin exportiert war, bleibt; ein erneuter Export macht dort weiter.</translation>
    </message>
    <message>
        <source>Export all the same</source>
        <translation>Trotzdem exportieren</translation>
    </message>
</context>
<context>
    <name>FigureSaver</name>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Vector graphics (*.svg)</source>
        <translation>Vektorgrafik (*.svg)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>Gespeichert als {name}</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Photos before and after</source>
        <translation>Fotos davor und danach</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Which photos</source>
        <translation>Welche Fotos</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Person hinzufügen</translation>
    </message>
    <message>
        <source>Number of faces</source>
        <translation>Anzahl der Gesichter</translation>
    </message>
    <message>
        <source>When they were taken</source>
        <translation>Wann sie aufgenommen wurden</translation>
    </message>
    <message>
        <source>Somebody unnamed</source>
        <translation>Jemand Unbenanntes</translation>
    </message>
    <message>
        <source>Only photos with a face that nobody named</source>
        <translation>Nur Fotos mit einem Gesicht, das noch niemand benannt hat</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Beliebige Zeit</translation>
    </message>
    <message>
        <source>With any of</source>
        <translation>Mit einer von</translation>
    </message>
    <message>
        <source>With all of</source>
        <translation>Mit allen</translation>
    </message>
    <message>
        <source>With only</source>
        <translation>Nur mit</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>Ohne</translation>
    </message>
    <message>
        <source>No faces</source>
        <translation>Keine Gesichter</translation>
    </message>
    <message>
        <source>Any number of faces</source>
        <translation>Beliebig viele Gesichter</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>Von … bis …</translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message>
        <source>Scan Now</source>
        <translation>Jetzt durchsuchen</translation>
    </message>
    <message>
        <source>Open in File Manager</source>
        <translation>In der Dateiverwaltung öffnen</translation>
    </message>
    <message>
        <source>It Has Moved…</source>
        <translation>Liegt jetzt woanders …</translation>
    </message>
    <message>
        <source>Leave Out…</source>
        <translation>Auslassen …</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Where is “{folder}” now?</source>
        <translation>Wo liegt „{folder}“ jetzt?</translation>
    </message>
    <message>
        <source>Remove “{folder}” from the library?</source>
        <translation>„{folder}“ aus der Bibliothek entfernen?</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) and their faces are shown no more.</source>
        <translation>
            <numerusform>Ein Foto und seine Gesichter werden nicht mehr gezeigt.</numerusform>
            <numerusform>%n Fotos und ihre Gesichter werden nicht mehr gezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The photos themselves are not touched. Names, people and corrections are kept, and are there again when the folder is added again.</source>
        <translation>Die Fotos selbst bleiben unberührt. Namen, Personen und Korrekturen bleiben erhalten und sind wieder da, wenn der Ordner wieder hinzugefügt wird.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen …</translation>
    </message>
    <message>
        <source>Leave Out…</source>
        <translation>Auslassen …</translation>
    </message>
    <message>
        <source>It Has Moved…</source>
        <translation>Liegt jetzt woanders …</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>without {patterns}</source>
        <translation>ohne {patterns}</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>Folder of photos</source>
        <translation>Ordner mit Fotos</translation>
    </message>
</context>
<context>
    <name>GalleryPlace</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Size of the photos</source>
        <translation>Größe der Fotos</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>Nach Monat</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>Nach Ordner</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Close the history</source>
        <translation>Verlauf schließen</translation>
    </message>
    <message>
        <source>Nothing has been decided yet. Names, merges and corrections will be listed here.</source>
        <translation>Noch wurde nichts entschieden. Namen, Zusammenführungen und Korrekturen werden hier aufgelistet.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>A click leads to where this step was the last one</source>
        <translation>Ein Klick führt dorthin, wo dieser Schritt der letzte war</translation>
    </message>
</context>
<context>
    <name>InsightsPlace</name>
    <message>
        <source>Insights</source>
        <translation>Einblicke</translation>
    </message>
    <message>
        <source>Closest People</source>
        <translation>Ähnlichste Personen</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>Abstände</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>As a picture, as vector graphics or as a table</source>
        <translation>Als Bild, als Vektorgrafik oder als Tabelle</translation>
    </message>
    <message>
        <source>Pairs of people who are close to each other</source>
        <translation>Paare von Personen, die einander ähnlich sind</translation>
    </message>
    <message>
        <source>Histogram of distances between faces</source>
        <translation>Histogramm der Abstände zwischen Gesichtern</translation>
    </message>
    <message>
        <source>Distances between people</source>
        <translation>Abstände zwischen Personen</translation>
    </message>
    <message>
        <source>Histogram of the quality of faces</source>
        <translation>Histogramm der Qualität der Gesichter</translation>
    </message>
    <message>
        <source>Looking at all faces…</source>
        <translation>Alle Gesichter werden betrachtet …</translation>
    </message>
    <message>
        <source>What can be said of all faces will be here, once photos were looked through.</source>
        <translation>Was sich über alle Gesichter sagen lässt, steht hier, sobald Fotos durchgesehen wurden.</translation>
    </message>
    <message>
        <source>Add Folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>How far faces and people are apart, and how good they are.</source>
        <translation>Wie weit Gesichter und Personen auseinanderliegen, und wie gut die Gesichter sind.</translation>
    </message>
    <message>
        <source>Look Now</source>
        <translation>Jetzt ansehen</translation>
    </message>
    <message>
        <source>No two people are left who might be one.</source>
        <translation>Es sind keine zwei Personen übrig, die dieselbe sein könnten.</translation>
    </message>
    <message>
        <source>It takes two people to be apart.</source>
        <translation>Ein Abstand braucht zwei Personen.</translation>
    </message>
    <message>
        <source>Name somebody: what is confirmed is measured here.</source>
        <translation>Benennen Sie jemanden: Gemessen wird hier, was bestätigt ist.</translation>
    </message>
    <message>
        <source>{faces} confirmed faces of {people} people</source>
        <translation>{faces} bestätigte Gesichter von {people} Personen</translation>
    </message>
    <message>
        <source>{faces} confirmed faces of {people} people. Grouping draws the line at {cut}: {beyond} % of the pairs of one person are beyond it, {within} % of two people before it.</source>
        <translation>{faces} bestätigte Gesichter von {people} Personen. Die Gruppierung zieht die Grenze bei {cut}: {beyond} % der Paare einer Person liegen dahinter, {within} % der Paare zweier Personen davor.</translation>
    </message>
    <message>
        <source>{shown} of {all} people and groups, those with most faces; who is alike stands side by side</source>
        <translation>{shown} von {all} Personen und Gruppen, die mit den meisten Gesichtern; wer sich ähnelt, steht nebeneinander</translation>
    </message>
    <message>
        <source>{faces} faces, {below} of them below {least}</source>
        <translation>{faces} Gesichter, davon {below} unter {least}</translation>
    </message>
    <message>
        <source>Those who look most alike. Answers are kept, and can be undone.</source>
        <translation>Wer einander am ähnlichsten sieht. Antworten bleiben erhalten und lassen sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Distances between faces</source>
        <translation>Abstände zwischen Gesichtern</translation>
    </message>
    <message>
        <source>Quality of faces</source>
        <translation>Qualität der Gesichter</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Details of the photo</source>
        <translation>Details des Fotos</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message numerus="yes">
        <source>%n without a name</source>
        <translation>
            <numerusform>%n ohne Namen</numerusform>
            <numerusform>%n ohne Namen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody was found</source>
        <translation>Niemand gefunden</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Further copies</source>
        <translation>Weitere Kopien</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>{latitude}, {longitude}</source>
        <translation>{latitude} / {longitude}</translation>
    </message>
    <message>
        <source>{width} × {height} ({millions} megapixels)</source>
        <translation>{width} × {height} ({millions} Megapixel)</translation>
    </message>
</context>
<context>
    <name>KeysBox</name>
    <message>
        <source>Keys</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>LargeFace</name>
    <message>
        <source>The face in question</source>
        <translation>Das fragliche Gesicht</translation>
    </message>
</context>
<context>
    <name>LearningDialog</name>
    <message>
        <source>Learn from My Corrections</source>
        <translation>Aus meinen Korrekturen lernen</translation>
    </message>
    <message>
        <source>From the faces that you named or confirmed, the program learns what tells your people apart. What it learns is used only if it is better on faces that it did not learn from; guesses are never learned from.</source>
        <translation>Aus den Gesichtern, die Sie benannt oder bestätigt haben, lernt das Programm, was Ihre Personen unterscheidet. Was es lernt, wird nur benutzt, wenn es bei Gesichtern besser ist, aus denen es nicht gelernt hat; aus Vermutungen wird nie gelernt.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Learning curve</source>
        <translation>Lernkurve</translation>
    </message>
    <message>
        <source>Distances before</source>
        <translation>Abstände vorher</translation>
    </message>
    <message>
        <source>Distances after</source>
        <translation>Abstände nachher</translation>
    </message>
    <message>
        <source>Forget What Was Learned</source>
        <translation>Gelerntes vergessen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Learning needs {people} people with {faces} confirmed faces each.</source>
        <translation>Zum Lernen braucht es {people} Personen mit je {faces} bestätigten Gesichtern.</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
</context>
<context>
    <name>LibraryMenu</name>
    <message>
        <source>Open Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>New Library</source>
        <translation>Neue Bibliothek</translation>
    </message>
    <message>
        <source>Open Library</source>
        <translation>Bibliothek öffnen</translation>
    </message>
    <message>
        <source>Another window could not be started.</source>
        <translation>Ein weiteres Fenster konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>{name}   ({folder})</source>
        <translation>{name}   ({folder})</translation>
    </message>
    <message>
        <source>{library}   — not found</source>
        <translation>{library}   – nicht gefunden</translation>
    </message>
    <message>
        <source>Forget These</source>
        <translation>Diese Liste leeren</translation>
    </message>
    <message>
        <source>There is no library in {folder}.</source>
        <translation>In {folder} liegt keine Bibliothek.</translation>
    </message>
    <message>
        <source>It may have been moved, or its drive is not connected. A library is a folder with library.sqlite.</source>
        <translation>Vielleicht wurde sie verschoben, oder ihr Laufwerk ist nicht verbunden. Eine Bibliothek ist ein Ordner mit library.sqlite.</translation>
    </message>
    <message>
        <source>Take Off the List</source>
        <translation>Aus der Liste nehmen</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Insights</source>
        <translation>Einblicke</translation>
    </message>
    <message numerus="yes">
        <source>Look for people in %n folder(s)?</source>
        <translation>
            <numerusform>In %n Ordner nach Personen suchen?</numerusform>
            <numerusform>In %n Ordnern nach Personen suchen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Look for People</source>
        <translation>Nach Personen suchen</translation>
    </message>
    <message>
        <source>Another program is writing to this library, such as a scan on the command line. You can look at everything; changes have to wait until it is done.</source>
        <translation>Ein anderes Programm schreibt gerade in diese Bibliothek, etwa eine Suche in der Befehlszeile. Sie können sich alles ansehen; Änderungen müssen warten, bis es fertig ist.</translation>
    </message>
    <message>
        <source>Taken back: {step}</source>
        <translation>Zurückgenommen: {step}</translation>
    </message>
    <message>
        <source>Folder of photos</source>
        <translation>Ordner mit Fotos</translation>
    </message>
    <message>
        <source>They are in this album already.</source>
        <translation>Sie sind schon in diesem Album.</translation>
    </message>
    <message>
        <source>{named} named, {groups} groups</source>
        <translation>{named} benannt, {groups} Gruppen</translation>
    </message>
</context>
<context>
    <name>MapCanvas</name>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
</context>
<context>
    <name>MapPlace</name>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>How faces are laid out</source>
        <translation>Wie Gesichter angeordnet werden</translation>
    </message>
    <message>
        <source>t-SNE keeps near faces together; UMAP keeps more of the whole</source>
        <translation>t-SNE hält nahe Gesichter beisammen, UMAP bewahrt mehr vom Ganzen</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>As a picture, as vector graphics or as a table</source>
        <translation>Als Bild, als Vektorgrafik oder als Tabelle</translation>
    </message>
    <message>
        <source>Map of faces</source>
        <translation>Karte der Gesichter</translation>
    </message>
    <message>
        <source>The map is being drawn…</source>
        <translation>Die Karte wird gezeichnet …</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>All faces will be here as points, once photos were looked through.</source>
        <translation>Hier stehen alle Gesichter als Punkte, sobald Fotos durchgesehen sind.</translation>
    </message>
    <message>
        <source>Add Folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>The map shows who looks like whom.</source>
        <translation>Die Karte zeigt, wer wem ähnlich sieht.</translation>
    </message>
    <message>
        <source>Draw the Map</source>
        <translation>Karte zeichnen</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Merge</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>Same person?</source>
        <translation>Dieselbe Person?</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Which name stays?</source>
        <translation>Welcher Name bleibt?</translation>
    </message>
    <message>
        <source>Merge into {name}</source>
        <translation>Mit {name} zusammenführen</translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Another model describes all faces from the photos, which goes on in the background; then they are grouped by it. Names and decisions stay, and what each model has described is kept. How sure suggestions are is a guess with a model that was added.</source>
        <translation>Ein anderes Modell beschreibt alle Gesichter anhand der Fotos, was im Hintergrund geschieht; dann werden sie danach gruppiert. Namen und Entscheidungen bleiben, und was jedes Modell beschrieben hat, wird behalten. Wie sicher Vorschläge sind, ist bei einem hinzugefügten Modell geschätzt.</translation>
    </message>
    <message>
        <source>{file} is being tried…</source>
        <translation>{file} wird ausprobiert…</translation>
    </message>
    <message>
        <source>dlib&apos;s network</source>
        <translation>Netz von dlib</translation>
    </message>
    <message>
        <source>dlib&apos;s detectors</source>
        <translation>Detektoren von dlib</translation>
    </message>
    <message>
        <source>Describes faces</source>
        <translation>Beschreibt Gesichter</translation>
    </message>
    <message>
        <source>Finds faces</source>
        <translation>Findet Gesichter</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>comes with the program</source>
        <translation>gehört zum Programm</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) described</source>
        <translation>
            <numerusform>%n Gesicht beschrieben</numerusform>
            <numerusform>%n Gesichter beschrieben</numerusform>
        </translation>
    </message>
    <message>
        <source>its file is missing</source>
        <translation>die Datei fehlt</translation>
    </message>
    <message>
        <source>its file has changed</source>
        <translation>die Datei hat sich geändert</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>ONNX models (*.onnx)</source>
        <translation>ONNX-Modelle (*.onnx)</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Name</source>
        <comment>to name</comment>
        <translation>Benennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message numerus="yes">
        <source>Who is on these %n face(s)?</source>
        <translation>
            <numerusform>Wem gehört dieses Gesicht?</numerusform>
            <numerusform>Wem gehören diese %n Gesichter?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PairLine</name>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare {one} and {other}</source>
        <translation>{one} und {other} vergleichen</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Zusammenführen …</translation>
    </message>
    <message>
        <source>Merge {one} and {other}</source>
        <translation>{one} und {other} zusammenführen</translation>
    </message>
    <message>
        <source>Different</source>
        <translation>Verschieden</translation>
    </message>
    <message>
        <source>{one} and {other} are different people</source>
        <translation>{one} und {other} sind verschiedene Personen</translation>
    </message>
    <message>
        <source>{distance} apart</source>
        <translation>Abstand {distance}</translation>
    </message>
    <message numerus="yes">
        <source>together in %n photo(s)</source>
        <translation>
            <numerusform>zusammen auf %n Foto</numerusform>
            <numerusform>zusammen auf %n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>these two may be one person</source>
        <translation>diese beiden könnten eine Person sein</translation>
    </message>
</context>
<context>
    <name>PartsDialog</name>
    <message>
        <source>Break up</source>
        <translation>Aufteilen</translation>
    </message>
    <message>
        <source>Looking for different people among these faces…</source>
        <translation>Unter diesen Gesichtern werden verschiedene Personen gesucht …</translation>
    </message>
    <message>
        <source>Break Up</source>
        <translation>Aufteilen</translation>
    </message>
    <message>
        <source>this group</source>
        <translation>diese Gruppe</translation>
    </message>
    <message>
        <source>These faces hold together: {name} seems to be one person.</source>
        <translation>Diese Gesichter gehören zusammen: {name} scheint eine einzige Person zu sein.</translation>
    </message>
    <message>
        <source>These may be different people. Each part that is ticked becomes a person of its own; the others stay.</source>
        <translation>Das könnten verschiedene Personen sein. Jeder angekreuzte Teil wird eine eigene Person; die anderen bleiben.</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>Stays {name}: {count}</source>
        <translation>Bleibt {name}: {count}</translation>
    </message>
    <message>
        <source>Somebody else: {count}</source>
        <translation>Jemand anderes: {count}</translation>
    </message>
</context>
<context>
    <name>PeoplePlace</name>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Search names</source>
        <translation>Namen suchen</translation>
    </message>
    <message numerus="yes">
        <source>Hidden (%n)</source>
        <translation>
            <numerusform>Ausgeblendet (%n)</numerusform>
            <numerusform>Ausgeblendet (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Ausgeblendet</translation>
    </message>
    <message>
        <source>Nobody is named “{text}”</source>
        <translation>Niemand heißt „{text}“</translation>
    </message>
    <message>
        <source>Show Everybody</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Show Hidden People</source>
        <translation>Ausgeblendete zeigen</translation>
    </message>
    <message>
        <source>Nobody here yet</source>
        <translation>Noch niemand da</translation>
    </message>
    <message>
        <source>People appear here while a folder of photos is scanned.</source>
        <translation>Hier erscheinen Personen, während ein Ordner mit Fotos durchsucht wird.</translation>
    </message>
    <message>
        <source>Everybody is hidden</source>
        <translation>Alle sind ausgeblendet</translation>
    </message>
    <message>
        <source>New people appear here when photos are scanned.</source>
        <translation>Neue Personen erscheinen hier, wenn Fotos durchsucht werden.</translation>
    </message>
    <message>
        <source>Show hidden people as well</source>
        <translation>Auch ausgeblendete Personen zeigen</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>By photos</source>
        <translation>Nach Fotos</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>Size of the faces</source>
        <translation>Größe der Gesichter</translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>PersonDialog</name>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message numerus="yes">
        <source>Who is on the %n selected face(s)?</source>
        <translation>
            <numerusform>Wem gehört das ausgewählte Gesicht?</numerusform>
            <numerusform>Wem gehören die %n ausgewählten Gesichter?</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Somebody new</source>
        <translation>Jemand Neues</translation>
    </message>
</context>
<context>
    <name>PersonPlace</name>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>May be {name}</source>
        <translation>Vielleicht {name}</translation>
    </message>
    <message numerus="yes">
        <source>%n more face(s) may be {name}</source>
        <translation>
            <numerusform>Ein weiteres Gesicht könnte {name} sein</numerusform>
            <numerusform>%n weitere Gesichter könnten {name} sein</numerusform>
        </translation>
    </message>
    <message>
        <source>No other face looks like {name}.</source>
        <translation>Kein anderes Gesicht sieht {name} ähnlich.</translation>
    </message>
    <message>
        <source>with {name}  ✕</source>
        <translation>mit {name}  ✕</translation>
    </message>
    <message>
        <source>Show the photos without {name} as well</source>
        <translation>Auch die Fotos ohne {name} zeigen</translation>
    </message>
    <message>
        <source>Photos of Both</source>
        <translation>Gemeinsame Fotos</translation>
    </message>
    <message>
        <source>Answer by one key each, in Review</source>
        <translation>Unter „Prüfen“ mit je einer Taste beantworten</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Zusammen mit</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>To check first</source>
        <translation>Zu prüfende zuerst</translation>
    </message>
    <message>
        <source>By date</source>
        <translation>Nach Datum</translation>
    </message>
    <message>
        <source>Photos by year</source>
        <translation>Fotos nach Jahr</translation>
    </message>
    <message>
        <source>People in the same photos</source>
        <translation>Personen auf denselben Fotos</translation>
    </message>
    <message>
        <source>No faces</source>
        <translation>Keine Gesichter</translation>
    </message>
    <message>
        <source>All photos of this person are gone or put away.</source>
        <translation>Alle Fotos dieser Person sind verschwunden oder weggelegt.</translation>
    </message>
    <message>
        <source>No photos</source>
        <translation>Keine Fotos</translation>
    </message>
    <message>
        <source>Always alone</source>
        <translation>Immer allein</translation>
    </message>
    <message>
        <source>People who are in the same photos will appear here.</source>
        <translation>Hier erscheinen Personen, die auf denselben Fotos sind.</translation>
    </message>
</context>
<context>
    <name>PhotoCanvas</name>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
</context>
<context>
    <name>PhotoContext</name>
    <message>
        <source>Open the photo</source>
        <translation>Das Foto öffnen</translation>
    </message>
    <message>
        <source>Photo {file}</source>
        <translation>Foto {file}</translation>
    </message>
</context>
<context>
    <name>PhotoPlace</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>The photo cannot be read now; is its drive connected?</source>
        <translation>Das Foto kann gerade nicht gelesen werden; ist sein Laufwerk verbunden?</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
</context>
<context>
    <name>PhotosPlace</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>No photo fits.</source>
        <translation>Kein Foto passt.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Your photos will be here, month by month.</source>
        <translation>Hier stehen später Ihre Fotos, Monat für Monat.</translation>
    </message>
    <message>
        <source>Add Folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>Names in Photos</source>
        <translation>Namen in Fotos</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Storage and Privacy</source>
        <translation>Speicher und Datenschutz</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>While the window is open, take in new photos by itself</source>
        <translation>Neue Fotos von selbst aufnehmen, solange das Fenster offen ist</translation>
    </message>
    <message>
        <source>Look behind links to other folders</source>
        <translation>Verknüpfungen zu anderen Ordnern folgen</translation>
    </message>
    <message>
        <source>Fast: faces that are plain to see</source>
        <translation>Schnell: gut sichtbare Gesichter</translation>
    </message>
    <message>
        <source>Balanced: small ones, too</source>
        <translation>Ausgewogen: auch kleine</translation>
    </message>
    <message>
        <source>Thorough: the smallest ones; takes longest</source>
        <translation>Gründlich: auch die kleinsten; dauert am längsten</translation>
    </message>
    <message>
        <source>Follow suggestions without asking when they are at least</source>
        <translation>Vorschläge ohne Rückfrage übernehmen, ab</translation>
    </message>
    <message>
        <source> % sure</source>
        <translation> % Sicherheit</translation>
    </message>
    <message>
        <source>How sure suggestions must be that are followed</source>
        <translation>Wie sicher Vorschläge sein müssen, die übernommen werden</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>A finer search looks again through all photos with the next scan.</source>
        <translation>Eine feinere Suche sieht mit dem nächsten Durchlauf alle Fotos noch einmal durch.</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>A scan follows them as a machine: you can correct it at any time.</source>
        <translation>Eine Suche übernimmt sie maschinell: Sie können das jederzeit berichtigen.</translation>
    </message>
    <message>
        <source>Names and faces are written for other programs only when you ask for it, never by themselves. This is how:</source>
        <translation>Namen und Gesichter werden nur auf Ihren Wunsch für andere Programme geschrieben, nie von selbst. So geschieht es:</translation>
    </message>
    <message>
        <source>Into a file beside each photo; photos stay untouched</source>
        <translation>In eine Datei neben jedem Foto; Fotos bleiben unberührt</translation>
    </message>
    <message>
        <source>Into the photo, where its format allows that</source>
        <translation>In das Foto, wo dessen Format das erlaubt</translation>
    </message>
    <message>
        <source>photo.jpg.xmp, as digiKam and darktable do</source>
        <translation>foto.jpg.xmp, wie digiKam und darktable</translation>
    </message>
    <message>
        <source>photo.xmp, as Lightroom does</source>
        <translation>foto.xmp, wie Lightroom</translation>
    </message>
    <message>
        <source>Keep the date of a photo that is written into</source>
        <translation>Das Dateidatum von Fotos beim Schreiben beibehalten</translation>
    </message>
    <message>
        <source>Let ExifTool write into HEIC and AVIF photos, where it is installed</source>
        <translation>ExifTool in HEIC- und AVIF-Fotos schreiben lassen, wo es installiert ist</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Name of the file</source>
        <translation>Name der Datei</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>One for each core</source>
        <translation>Eines je Kern</translation>
    </message>
    <message>
        <source>Pictures analysed at a time</source>
        <translation>Gleichzeitig untersuchte Bilder</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Keep none</source>
        <translation>Keine aufheben</translation>
    </message>
    <message>
        <source>Empty the Cache</source>
        <translation>Zwischenspeicher leeren</translation>
    </message>
    <message>
        <source>Delete Face Data…</source>
        <translation>Gesichtsdaten löschen …</translation>
    </message>
    <message>
        <source>Small pictures</source>
        <translation>Kleine Bilder</translation>
    </message>
    <message>
        <source>They are made anew when they are shown.</source>
        <translation>Sie werden neu erzeugt, wenn sie gezeigt werden.</translation>
    </message>
    <message>
        <source>Pictures of faces</source>
        <translation>Bilder von Gesichtern</translation>
    </message>
    <message>
        <source>Keep small pictures of single faces</source>
        <translation>Kleine Bilder einzelner Gesichter aufheben</translation>
    </message>
    <message>
        <source>Without them, initials and outlines stand for people. Photos and their thumbnails stay, with the faces in them.</source>
        <translation>Ohne sie stehen Anfangsbuchstaben und Umrisse für Personen. Fotos und ihre Vorschaubilder bleiben, mit den Gesichtern darin.</translation>
    </message>
    <message>
        <source>What stays on this computer</source>
        <translation>Was auf diesem Rechner bleibt</translation>
    </message>
    <message>
        <source>Photos, faces and names stay on this computer; the program does not use the network. What was measured of faces is kept in the library, which only you can read:
{folder}</source>
        <translation>Fotos, Gesichter und Namen bleiben auf diesem Rechner; das Programm benutzt das Netz nicht. Was an Gesichtern gemessen wurde, liegt in der Bibliothek, die nur Sie lesen können:
{folder}</translation>
    </message>
    <message>
        <source>Delete face data</source>
        <translation>Gesichtsdaten löschen</translation>
    </message>
    <message>
        <source>Deletes for good what was measured of all faces: descriptors, landmarks, pictures of faces, the history, and all copies of the library in its folder. Photos are not touched. No later scan describes these faces again.</source>
        <translation>Löscht endgültig, was an allen Gesichtern gemessen wurde: Merkmale, Gesichtspunkte, Bilder von Gesichtern, den Verlauf und alle Kopien der Bibliothek in ihrem Ordner. Fotos bleiben unberührt. Keine spätere Suche erfasst diese Gesichter noch einmal.</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>Die Sprache wechselt beim nächsten Start des Programms.</translation>
    </message>
    <message>
        <source>{size} are used</source>
        <translation>{size} sind belegt</translation>
    </message>
    <message>
        <source>Delete all small pictures of faces?</source>
        <translation>Alle kleinen Bilder von Gesichtern löschen?</translation>
    </message>
    <message>
        <source>No others are made, and the window shows initials and outlines in their place. What was measured of faces, names and photos stay. Turned on again, the pictures come back from the photos.</source>
        <translation>Es werden keine neuen gemacht, und das Fenster zeigt an ihrer Stelle Anfangsbuchstaben und Umrisse. Was an Gesichtern gemessen wurde, Namen und Fotos bleiben. Wieder eingeschaltet, entstehen die Bilder aus den Fotos neu.</translation>
    </message>
    <message>
        <source>Delete Pictures</source>
        <translation>Bilder löschen</translation>
    </message>
    <message>
        <source>Delete for good what was measured of all faces?</source>
        <translation>Endgültig löschen, was an allen Gesichtern gemessen wurde?</translation>
    </message>
    <message>
        <source>Nobody can be found or suggested afterwards, and nothing of it can be taken back: the history and all copies of the library in its folder are deleted, too. Copies that you keep elsewhere still hold these faces.</source>
        <translation>Danach kann niemand mehr gefunden oder vorgeschlagen werden, und nichts davon lässt sich zurücknehmen: Auch der Verlauf und alle Kopien der Bibliothek in ihrem Ordner werden gelöscht. Kopien, die Sie anderswo aufbewahren, enthalten diese Gesichter weiterhin.</translation>
    </message>
    <message>
        <source>Keep names, with the faces that were confirmed, as bare boxes</source>
        <translation>Namen mit den bestätigten Gesichtern behalten, als bloße Rahmen</translation>
    </message>
    <message>
        <source>Delete Face Data</source>
        <translation>Gesichtsdaten löschen</translation>
    </message>
    <message numerus="yes">
        <source>Face data of %n face(s) was deleted.</source>
        <translation>
            <numerusform>Die Daten eines Gesichts wurden gelöscht.</numerusform>
            <numerusform>Die Daten von %n Gesichtern wurden gelöscht.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Profile</name>
    <message>
        <source>Click to change the name (F2)</source>
        <translation>Klicken, um den Namen zu ändern (F2)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Face of {name}</source>
        <translation>Gesicht von {name}</translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>Born {date}</source>
        <translation>Geboren am {date}</translation>
    </message>
    <message>
        <source>Add a birth date or a note…</source>
        <translation>Geburtstag oder Notiz hinzufügen …</translation>
    </message>
</context>
<context>
    <name>ReviewPlace</name>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>The question has only just come: look, and press again.</source>
        <translation>Die Frage ist eben erst gekommen: ansehen und noch einmal drücken.</translation>
    </message>
    <message>
        <source>The next question is not there yet.</source>
        <translation>Die nächste Frage ist noch nicht da.</translation>
    </message>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>noch %n</numerusform>
            <numerusform>noch %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for what is worth asking…</source>
        <translation>Lohnende Fragen werden gesucht …</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) settled.</source>
        <translation>
            <numerusform>Ein Gesicht geklärt.</numerusform>
            <numerusform>%n Gesichter geklärt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) put off.</source>
        <translation>
            <numerusform>Eine Frage zurückgestellt.</numerusform>
            <numerusform>%n Fragen zurückgestellt.</numerusform>
        </translation>
    </message>
    <message>
        <source>All done for now</source>
        <translation>Fürs Erste alles erledigt</translation>
    </message>
    <message>
        <source>The rest can wait</source>
        <translation>Der Rest kann warten</translation>
    </message>
    <message>
        <source>Questions come while photos are scanned and people are named.</source>
        <translation>Fragen entstehen, während Fotos durchsucht und Personen benannt werden.</translation>
    </message>
    <message>
        <source>Nothing to ask</source>
        <translation>Keine Fragen</translation>
    </message>
    <message>
        <source>That was settled meanwhile.</source>
        <translation>Das ist inzwischen geklärt.</translation>
    </message>
    <message>
        <source>Taken back: {step}</source>
        <translation>Zurückgenommen: {step}</translation>
    </message>
    <message>
        <source>Choose faces first: click them.</source>
        <translation>Wählen Sie zuerst Gesichter aus, durch Anklicken.</translation>
    </message>
    <message>
        <source>About one person  ✕</source>
        <translation>Über eine Person  ✕</translation>
    </message>
    <message>
        <source>Ask about everybody</source>
        <translation>Nach allen fragen</translation>
    </message>
    <message>
        <source>Questions answered</source>
        <translation>Beantwortete Fragen</translation>
    </message>
    <message>
        <source>Faces in question</source>
        <translation>Fragliche Gesichter</translation>
    </message>
    <message>
        <source>Faces to compare with</source>
        <translation>Gesichter zum Vergleich</translation>
    </message>
    <message>
        <source>Yes  (Enter)</source>
        <translation>Ja  (Enter)</translation>
    </message>
    <message>
        <source>No  (Delete)</source>
        <translation>Nein  (Entf)</translation>
    </message>
    <message>
        <source>Pale faces are left out: click one, or Ctrl+Space</source>
        <translation>Blasse Gesichter sind ausgenommen: Klick oder Strg+Leertaste</translation>
    </message>
    <message>
        <source>Type a name</source>
        <translation>Namen eingeben</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Later  (Space)</source>
        <translation>Später  (Leertaste)</translation>
    </message>
    <message>
        <source>Split Off  (Ctrl+E)</source>
        <translation>Abtrennen  (Strg+E)</translation>
    </message>
    <message>
        <source>Ignore  (Ctrl+I)</source>
        <translation>Ignorieren  (Strg+I)</translation>
    </message>
    <message>
        <source>Not a Face  (Ctrl+Backspace)</source>
        <translation>Kein Gesicht  (Strg+Rücktaste)</translation>
    </message>
    <message>
        <source>Ask Again What Was Put Off</source>
        <translation>Zurückgestelltes noch einmal fragen</translation>
    </message>
    <message>
        <source>Ask About Everybody</source>
        <translation>Nach allen fragen</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
</context>
<context>
    <name>ScanDialog</name>
    <message>
        <source>Scan</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>Dateien, die nicht gelesen werden konnten</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Read the photos</source>
        <translation>Fotos lesen</translation>
    </message>
    <message>
        <source>Read the photos: {done} of {total}</source>
        <translation>Fotos lesen: {done} von {total}</translation>
    </message>
    <message>
        <source>Look through the folders</source>
        <translation>Ordner durchsehen</translation>
    </message>
    <message>
        <source>Put faces together</source>
        <translation>Gesichter zusammenstellen</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>The scan pauses</source>
        <translation>Die Suche ist angehalten</translation>
    </message>
    <message>
        <source>Scanning</source>
        <translation>Suche läuft</translation>
    </message>
    <message>
        <source>No scan is under way</source>
        <translation>Es läuft keine Suche</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>Eine Datei konnte nicht gelesen werden</numerusform>
            <numerusform>%n Dateien konnten nicht gelesen werden</numerusform>
        </translation>
    </message>
    <message>
        <source>Every file could be read.</source>
        <translation>Alle Dateien konnten gelesen werden.</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Try All Again</source>
        <translation>Alle erneut versuchen</translation>
    </message>
</context>
<context>
    <name>ScanStatus</name>
    <message>
        <source>Progress of the scan</source>
        <translation>Fortschritt der Suche</translation>
    </message>
    <message>
        <source>Pause the scan</source>
        <translation>Suche anhalten</translation>
    </message>
    <message>
        <source>Cancel the scan</source>
        <translation>Suche abbrechen</translation>
    </message>
    <message>
        <source>More about the scan</source>
        <translation>Mehr über die Suche</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Go on with the scan</source>
        <translation>Suche fortsetzen</translation>
    </message>
    <message>
        <source>Going on…</source>
        <translation>Es geht weiter …</translation>
    </message>
    <message>
        <source>Another program is writing to this library; new photos are read when it is done.</source>
        <translation>Ein anderes Programm schreibt in diese Bibliothek; neue Fotos werden gelesen, wenn es fertig ist.</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Places</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>nicht verbunden</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>{path}
{photos}</source>
        <translation>{path}
{photos}</translation>
    </message>
    <message>
        <source>{path}
{photos}; its drive is not connected</source>
        <translation>{path}
{photos}; sein Laufwerk ist nicht verbunden</translation>
    </message>
    <message>
        <source>{album}: fills itself by its rule</source>
        <translation>{album}: füllt sich selbst nach seiner Regel</translation>
    </message>
    <message>
        <source>{album}: drop photos here</source>
        <translation>{album}: Fotos hierher ziehen</translation>
    </message>
</context>
<context>
    <name>SimilarPlace</name>
    <message>
        <source>Similar faces</source>
        <translation>Ähnliche Gesichter</translation>
    </message>
    <message>
        <source>Picture with a face</source>
        <translation>Bild mit einem Gesicht</translation>
    </message>
    <message>
        <source>Looking for a face…</source>
        <translation>Ein Gesicht wird gesucht …</translation>
    </message>
    <message>
        <source>Faces like {name}</source>
        <translation>Gesichter wie das von {name}</translation>
    </message>
    <message>
        <source>No other face</source>
        <translation>Kein anderes Gesicht</translation>
    </message>
    <message>
        <source>There are no faces yet that could look like this one.</source>
        <translation>Es gibt noch keine Gesichter, die diesem ähnlich sehen könnten.</translation>
    </message>
    <message>
        <source>No face to look for</source>
        <translation>Kein Gesicht zum Suchen</translation>
    </message>
    <message>
        <source>Who looks like whom?</source>
        <translation>Wer sieht wem ähnlich?</translation>
    </message>
    <message>
        <source>Choose “Similar Faces” on any face, or drop a picture here to see who is in it.</source>
        <translation>Wählen Sie bei einem Gesicht „Ähnliche Gesichter“, oder ziehen Sie ein Bild hierher, um zu sehen, wer darauf ist.</translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message numerus="yes">
        <source>The largest of %n face(s) in {file}</source>
        <translation>
            <numerusform>Das größte von %n Gesicht in {file}</numerusform>
            <numerusform>Das größte von %n Gesichtern in {file}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Who is in your photos?</source>
        <translation>Wer ist auf Ihren Fotos?</translation>
    </message>
    <message>
        <source>Face Organizer looks through folders, finds the faces and puts those of one person together. You give them names.

Photos, faces and names stay on this computer; photos are never changed.</source>
        <translation>Face Organizer sieht Ordner durch, findet die Gesichter und stellt die einer Person zusammen. Sie geben ihnen Namen.

Fotos, Gesichter und Namen bleiben auf diesem Rechner; Fotos werden nie verändert.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Another Folder…</source>
        <translation>Anderer Ordner …</translation>
    </message>
    <message>
        <source>Folder of photos</source>
        <translation>Ordner mit Fotos</translation>
    </message>
</context>
<context>
    <name>StrangersDialog</name>
    <message>
        <source>Hide Small Groups</source>
        <translation>Kleine Gruppen ausblenden</translation>
    </message>
    <message>
        <source>Hide groups without a name of &amp;fewer faces than</source>
        <translation>Gruppen ohne Namen ausblenden mit &amp;weniger Gesichtern als</translation>
    </message>
    <message>
        <source>Nothing is deleted. They come back by Undo, or one by one where hidden people are shown.</source>
        <translation>Nichts wird gelöscht. Mit „Rückgängig“ kommen sie zurück, oder einzeln dort, wo ausgeblendete Personen gezeigt werden.</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) will be hidden.</source>
        <translation>
            <numerusform>Eine Gruppe wird ausgeblendet.</numerusform>
            <numerusform>%n Gruppen werden ausgeblendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) will stay.</source>
        <translation>
            <numerusform>Eine Gruppe bleibt.</numerusform>
            <numerusform>%n Gruppen bleiben.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StrictnessPanel</name>
    <message>
        <source>Grouping, from strict to generous</source>
        <translation>Gruppieren, von streng bis großzügig</translation>
    </message>
    <message>
        <source>Would come apart</source>
        <translation>Würden getrennt</translation>
    </message>
    <message>
        <source>Would be joined</source>
        <translation>Würden verbunden</translation>
    </message>
    <message>
        <source>Group All Faces So</source>
        <translation>Alle Gesichter so gruppieren</translation>
    </message>
    <message>
        <source>Purer groups, more of them</source>
        <translation>Reinere Gruppen, dafür mehr</translation>
    </message>
    <message>
        <source>Larger groups, more mistakes</source>
        <translation>Größere Gruppen, mehr Fehler</translation>
    </message>
    <message>
        <source>Looking what that would change…</source>
        <translation>Es wird nachgesehen, was das ändern würde …</translation>
    </message>
    <message>
        <source>Move it to see what would change. Names and corrections stay as they are.</source>
        <translation>Verschieben Sie den Regler, um zu sehen, was sich ändern würde. Namen und Korrekturen bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>All faces are being grouped so.</source>
        <translation>Alle Gesichter werden jetzt so gruppiert.</translation>
    </message>
</context>
<context>
    <name>TakeInDialog</name>
    <message>
        <source>In the photos and beside them (digiKam, Lightroom, Windows)</source>
        <translation>In den Fotos und daneben (digiKam, Lightroom, Windows)</translation>
    </message>
    <message>
        <source>Picasa</source>
        <translation>Picasa</translation>
    </message>
    <message>
        <source>Google Takeout</source>
        <translation>Google Takeout</translation>
    </message>
    <message>
        <source>Where names are read from</source>
        <translation>Woher Namen gelesen werden</translation>
    </message>
    <message>
        <source>They are the same people</source>
        <translation>Es sind dieselben Personen</translation>
    </message>
    <message>
        <source>They are others with the same names</source>
        <translation>Es sind andere mit denselben Namen</translation>
    </message>
    <message>
        <source>Leave these names out</source>
        <translation>Diese Namen auslassen</translation>
    </message>
    <message>
        <source>Who they are</source>
        <translation>Wer sie sind</translation>
    </message>
    <message>
        <source>New people: {names}</source>
        <translation>Neue Personen: {names}</translation>
    </message>
    <message>
        <source>These names are known here: {names}</source>
        <translation>Diese Namen sind hier bekannt: {names}</translation>
    </message>
</context>
<context>
    <name>ToAlbumDialog</name>
    <message>
        <source>Add to Album</source>
        <translation>Zu Album hinzufügen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) go into this album; a new name makes a new one.</source>
        <translation>
            <numerusform>Ein Foto kommt in dieses Album; ein neuer Name legt ein neues an.</numerusform>
            <numerusform>%n Fotos kommen in dieses Album; ein neuer Name legt ein neues an.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Done: {step}</source>
        <translation>Erledigt: {step}</translation>
    </message>
</context>
<context>
    <name>TroubleBox</name>
    <message>
        <source>Something went wrong in the program. Nothing that was done before is lost.</source>
        <translation>Im Programm ist etwas schiefgegangen. Nichts von dem, was vorher getan wurde, ist verloren.</translation>
    </message>
    <message>
        <source>The details help whoever mends it.</source>
        <translation>Die Einzelheiten helfen denen, die es beheben.</translation>
    </message>
    <message>
        <source>Copy Details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
</context>
<context>
    <name>TwoPeopleDialog</name>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Different People</source>
        <translation>Verschiedene Personen</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Zusammenführen …</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>WriteDialog</name>
    <message>
        <source>Faces and names go where Settings says: beside the photos, or into them. What other programs wrote stays, and Undo brings back what was there.</source>
        <translation>Gesichter und Namen kommen dorthin, wo es die Einstellungen sagen: neben die Fotos oder hinein. Was andere Programme geschrieben haben, bleibt, und Rückgängig stellt wieder her, was da war.</translation>
    </message>
    <message>
        <source>nothing to write</source>
        <translation>nichts zu schreiben</translation>
    </message>
</context>
<context>
    <name>YearBar</name>
    <message>
        <source>Years</source>
        <translation>Jahre</translation>
    </message>
</context>
<context>
    <name>YearButton</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_AlbumQuestion</name>
    <message>
        <source>Name of the album</source>
        <translation>Name des Albums</translation>
    </message>
</context>
<context>
    <name>_Result</name>
    <message numerus="yes">
        <source>%n photo(s) are in {folder}.</source>
        <translation>
            <numerusform>Ein Foto liegt in {folder}.</numerusform>
            <numerusform>%n Fotos liegen in {folder}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written, {size}.</source>
        <translation>
            <numerusform>Eine Datei geschrieben, {size}.</numerusform>
            <numerusform>%n Dateien geschrieben, {size}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already.</source>
        <translation>
            <numerusform>Eine war schon vorhanden.</numerusform>
            <numerusform>%n waren schon vorhanden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed.</source>
        <translation>
            <numerusform>Eine entfernt.</numerusform>
            <numerusform>%n entfernt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out: nobody with a folder is in them.</source>
        <translation>
            <numerusform>Ein Foto ausgelassen: niemand mit einem Ordner ist darauf.</numerusform>
            <numerusform>%n Fotos ausgelassen: niemand mit einem Ordner ist darauf.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>
%n not exported:</source>
        <translation>
            <numerusform>
Eines nicht exportiert:</numerusform>
            <numerusform>
%n nicht exportiert:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>about</name>
    <message>
        <source>Weights of dlib&apos;s networks</source>
        <translation>Gewichte der Netze von dlib</translation>
    </message>
    <message>
        <source>CC0 1.0; landmarks: see above</source>
        <translation>CC0 1.0; Gesichtspunkte: siehe oben</translation>
    </message>
    <message>
        <source>GPL 3 or later</source>
        <translation>GPL 3 oder neuer</translation>
    </message>
    <message>
        <source>public domain</source>
        <translation>gemeinfrei</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>New Library…</source>
        <translation>Neue Bibliothek …</translation>
    </message>
    <message>
        <source>Begin anew, in a window of its own</source>
        <translation>Neu beginnen, in einem eigenen Fenster</translation>
    </message>
    <message>
        <source>Open Library…</source>
        <translation>Bibliothek öffnen …</translation>
    </message>
    <message>
        <source>Show another library in its own window</source>
        <translation>Eine andere Bibliothek in einem eigenen Fenster zeigen</translation>
    </message>
    <message>
        <source>Add Folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Look for people in another folder</source>
        <translation>In einem weiteren Ordner nach Personen suchen</translation>
    </message>
    <message>
        <source>Scan for New Photos</source>
        <translation>Nach neuen Fotos suchen</translation>
    </message>
    <message>
        <source>Read what is new in the folders</source>
        <translation>Einlesen, was in den Ordnern neu ist</translation>
    </message>
    <message>
        <source>About the Scan…</source>
        <translation>Über die Suche …</translation>
    </message>
    <message>
        <source>What it does, and what could not be read</source>
        <translation>Was sie gerade tut und was nicht gelesen werden konnte</translation>
    </message>
    <message>
        <source>Take In Names…</source>
        <translation>Namen übernehmen …</translation>
    </message>
    <message>
        <source>Read names that other programs keep in photos</source>
        <translation>Namen lesen, die andere Programme in Fotos ablegen</translation>
    </message>
    <message>
        <source>Write Names…</source>
        <translation>Namen schreiben …</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Folders, faces and the program</source>
        <translation>Ordner, Gesichter und das Programm</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Close Face Organizer</source>
        <translation>Face Organizer schließen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take the last step back</source>
        <translation>Den letzten Schritt zurücknehmen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>Zurückgenommenes noch einmal tun</translation>
    </message>
    <message>
        <source>Every step, and back to any</source>
        <translation>Alle Schritte, und zurück zu jedem</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Learn from My Corrections…</source>
        <translation>Aus meinen Korrekturen lernen …</translation>
    </message>
    <message>
        <source>Tell faces apart better, if that can be</source>
        <translation>Gesichter besser unterscheiden, wenn das geht</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search in this place</source>
        <translation>In dieser Ansicht suchen</translation>
    </message>
    <message>
        <source>Find Who This Is…</source>
        <translation>Wer ist das?…</translation>
    </message>
    <message>
        <source>Look for the face of any picture file</source>
        <translation>Nach dem Gesicht in einer beliebigen Bilddatei suchen</translation>
    </message>
    <message>
        <source>Name…</source>
        <translation>Benennen …</translation>
    </message>
    <message>
        <source>Say who this is</source>
        <translation>Sagen, wer das ist</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>They are the same person</source>
        <translation>Es ist dieselbe Person</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Show this person no more; nothing is deleted</source>
        <translation>Diese Person nicht mehr zeigen; nichts wird gelöscht</translation>
    </message>
    <message>
        <source>Show Again</source>
        <translation>Wieder einblenden</translation>
    </message>
    <message>
        <source>Show people again who were hidden</source>
        <translation>Ausgeblendete Personen wieder zeigen</translation>
    </message>
    <message>
        <source>Hide Small Groups…</source>
        <translation>Kleine Gruppen ausblenden …</translation>
    </message>
    <message>
        <source>Hide strangers: groups of few faces</source>
        <translation>Fremde ausblenden: Gruppen aus wenigen Gesichtern</translation>
    </message>
    <message>
        <source>Birth Date and Note…</source>
        <translation>Geburtstag und Notiz …</translation>
    </message>
    <message>
        <source>What is to be remembered of this person</source>
        <translation>Was zu dieser Person vermerkt werden soll</translation>
    </message>
    <message>
        <source>Find More</source>
        <translation>Mehr finden</translation>
    </message>
    <message>
        <source>Other faces that may be this person</source>
        <translation>Weitere Gesichter, die diese Person sein könnten</translation>
    </message>
    <message>
        <source>Break Up…</source>
        <translation>Aufteilen …</translation>
    </message>
    <message>
        <source>Look whether these faces are several people</source>
        <translation>Nachsehen, ob diese Gesichter mehrere Personen sind</translation>
    </message>
    <message>
        <source>Move to…</source>
        <translation>Verschieben zu …</translation>
    </message>
    <message>
        <source>These faces are somebody else</source>
        <translation>Diese Gesichter sind jemand anderes</translation>
    </message>
    <message>
        <source>New Person</source>
        <translation>Neue Person</translation>
    </message>
    <message>
        <source>Take these faces out, for a person of their own</source>
        <translation>Diese Gesichter als eigene Person herausnehmen</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Yes, that is who it is</source>
        <translation>Ja, das ist diese Person</translation>
    </message>
    <message>
        <source>Not This Person</source>
        <translation>Nicht diese Person</translation>
    </message>
    <message>
        <source>No, that is somebody else</source>
        <translation>Nein, das ist jemand anderes</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen …</translation>
    </message>
    <message>
        <source>How likely these two faces are one person&apos;s</source>
        <translation>Wie wahrscheinlich diese zwei Gesichter eine Person sind</translation>
    </message>
    <message>
        <source>Use as Key Face</source>
        <translation>Als Titelbild verwenden</translation>
    </message>
    <message>
        <source>Let this face stand for the person</source>
        <translation>Dieses Gesicht für die Person zeigen</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <source>Ask no more who this is</source>
        <translation>Nicht mehr fragen, wer das ist</translation>
    </message>
    <message>
        <source>Not a Face</source>
        <translation>Kein Gesicht</translation>
    </message>
    <message>
        <source>This is no face at all</source>
        <translation>Das ist gar kein Gesicht</translation>
    </message>
    <message>
        <source>Similar Faces</source>
        <translation>Ähnliche Gesichter</translation>
    </message>
    <message>
        <source>The faces that look most like this one</source>
        <translation>Die Gesichter, die diesem am ähnlichsten sehen</translation>
    </message>
    <message>
        <source>Show Faces</source>
        <translation>Gesichter zeigen</translation>
    </message>
    <message>
        <source>Outline the faces always</source>
        <translation>Gesichter immer umrahmen</translation>
    </message>
    <message>
        <source>Draw a Face</source>
        <translation>Gesicht einzeichnen</translation>
    </message>
    <message>
        <source>Outline a face that was not found</source>
        <translation>Ein Gesicht umrahmen, das nicht gefunden wurde</translation>
    </message>
    <message>
        <source>Rotate Left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <source>Turn the view, not the file</source>
        <translation>Dreht die Ansicht, nicht die Datei</translation>
    </message>
    <message>
        <source>Rotate Right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <source>Previous Photo</source>
        <translation>Vorheriges Foto</translation>
    </message>
    <message>
        <source>The one before</source>
        <translation>Das Foto davor</translation>
    </message>
    <message>
        <source>Next Photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>The one after</source>
        <translation>Das Foto danach</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Open the folder of the photo</source>
        <translation>Den Ordner des Fotos öffnen</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Nothing but the photo</source>
        <translation>Nichts als das Foto</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Write photos into folders, a zip file or a gallery</source>
        <translation>Fotos in Ordner, eine Zip-Datei oder eine Galerie schreiben</translation>
    </message>
    <message>
        <source>Insights</source>
        <translation>Einblicke</translation>
    </message>
    <message>
        <source>Who may be one person, and how far faces are apart</source>
        <translation>Wer dieselbe Person sein könnte, und wie weit Gesichter auseinanderliegen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>What is known of the photo</source>
        <translation>Was über das Foto bekannt ist</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>Genauer hinsehen</translation>
    </message>
    <message>
        <source>Make Smaller</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>See more of the photo</source>
        <translation>Mehr vom Foto sehen</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>See all of the photo</source>
        <translation>Das ganze Foto sehen</translation>
    </message>
    <message>
        <source>Save as Album…</source>
        <translation>Als Album sichern …</translation>
    </message>
    <message>
        <source>Keep what is asked for here as an album</source>
        <translation>Diese Auswahl als Album behalten</translation>
    </message>
    <message>
        <source>Add to Album…</source>
        <translation>Zu Album hinzufügen …</translation>
    </message>
    <message>
        <source>Put the selected photos into an album</source>
        <translation>Die ausgewählten Fotos in ein Album legen</translation>
    </message>
    <message>
        <source>Take out of Album</source>
        <translation>Aus Album entfernen</translation>
    </message>
    <message>
        <source>The photo stays in the library</source>
        <translation>Das Foto bleibt in der Bibliothek</translation>
    </message>
    <message>
        <source>New Album…</source>
        <translation>Neues Album …</translation>
    </message>
    <message>
        <source>Write names for other programs</source>
        <translation>Namen für andere Programme schreiben</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>Alles davon zeigen</translation>
    </message>
    <message>
        <source>Of people, of years, or put together by hand</source>
        <translation>Von Personen, aus Jahren oder von Hand zusammengestellt</translation>
    </message>
    <message>
        <source>Edit Rule…</source>
        <translation>Regel bearbeiten …</translation>
    </message>
    <message>
        <source>Say which photos belong to the album</source>
        <translation>Festlegen, welche Fotos zum Album gehören</translation>
    </message>
    <message>
        <source>Delete Album</source>
        <translation>Album löschen</translation>
    </message>
    <message>
        <source>Its photos stay</source>
        <translation>Die Fotos bleiben erhalten</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Everybody, and groups without a name</source>
        <translation>Alle Personen und Gruppen ohne Namen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>One question after the other</source>
        <translation>Eine Frage nach der anderen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>All photos, and those of some people</source>
        <translation>Alle Fotos, und die von bestimmten Personen</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>Photos put together</source>
        <translation>Zusammengestellte Fotos</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>All faces, who looks alike close together</source>
        <translation>Alle Gesichter, ähnliche nah beieinander</translation>
    </message>
    <message>
        <source>Draw the Map Anew</source>
        <translation>Karte neu zeichnen</translation>
    </message>
    <message>
        <source>Lay all faces out again</source>
        <translation>Alle Gesichter neu anordnen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Where you were before</source>
        <translation>Zur vorigen Ansicht</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Where you came back from</source>
        <translation>Zur Ansicht, aus der Sie zurückgegangen sind</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>All keys on one page</source>
        <translation>Alle Tastenkürzel auf einer Seite</translation>
    </message>
    <message>
        <source>About Face Organizer</source>
        <translation>Über Face Organizer</translation>
    </message>
    <message>
        <source>Version and licences</source>
        <translation>Version und Lizenzen</translation>
    </message>
</context>
<context>
    <name>albums</name>
    <message>
        <source>Put together by hand</source>
        <translation>Von Hand zusammengestellt</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename Album</source>
        <translation>Album umbenennen</translation>
    </message>
    <message>
        <source>Name of the album</source>
        <translation>Name des Albums</translation>
    </message>
</context>
<context>
    <name>charts</name>
    <message>
        <source>Quality {start} to {end}: {named} named, {groups} in groups, {nobody} of nobody</source>
        <translation>Qualität {start} bis {end}: {named} benannt, {groups} in Gruppen, {nobody} von niemandem</translation>
    </message>
    <message>
        <source>Distance {start} to {end}: {same} % of one person, {different} % of two</source>
        <translation>Abstand {start} bis {end}: {same} % von einer Person, {different} % von zweien</translation>
    </message>
    <message>
        <source>two faces of one person</source>
        <translation>zwei Gesichter einer Person</translation>
    </message>
    <message>
        <source>faces of two people</source>
        <translation>Gesichter zweier Personen</translation>
    </message>
    <message>
        <source>of named people</source>
        <translation>von benannten Personen</translation>
    </message>
    <message>
        <source>of groups without a name</source>
        <translation>von Gruppen ohne Namen</translation>
    </message>
    <message>
        <source>of nobody yet</source>
        <translation>noch von niemandem</translation>
    </message>
    <message>
        <source>where grouping draws the line</source>
        <translation>wo die Gruppierung die Grenze zieht</translation>
    </message>
    <message>
        <source>least that holds a group together</source>
        <translation>mindestens nötig, um eine Gruppe zusammenzuhalten</translation>
    </message>
    <message>
        <source>Quality: 0 useless, 1 sharp, frontal and large</source>
        <translation>Qualität: 0 unbrauchbar, 1 scharf, von vorn und groß</translation>
    </message>
    <message>
        <source>Distance of two faces</source>
        <translation>Abstand zweier Gesichter</translation>
    </message>
    <message>
        <source>{one}: one face</source>
        <translation>{one}: ein Gesicht</translation>
    </message>
    <message>
        <source>{one}: {distance} between own faces</source>
        <translation>{one}: {distance} zwischen den eigenen Gesichtern</translation>
    </message>
    <message>
        <source>{one} and {other}: {distance}</source>
        <translation>{one} und {other}: {distance}</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>Gruppe {number}</translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Names of Other Programs</source>
        <translation>Namen aus anderen Programmen</translation>
    </message>
    <message>
        <source>Take In</source>
        <translation>Übernehmen</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) with a name</source>
        <translation>
            <numerusform>%n Gesicht mit Namen</numerusform>
            <numerusform>%n Gesichter mit Namen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) to be drawn</source>
        <translation>
            <numerusform>%n Gesicht wird eingezeichnet</numerusform>
            <numerusform>%n Gesichter werden eingezeichnet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%n schon bekannt</numerusform>
            <numerusform>%n schon bekannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with names</source>
        <translation>
            <numerusform>%n Foto mit Namen</numerusform>
            <numerusform>%n Fotos mit Namen</numerusform>
        </translation>
    </message>
    <message>
        <source>Write Names for Other Programs</source>
        <translation>Namen für andere Programme schreiben</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message numerus="yes">
        <source>%n sidecar(s)</source>
        <translation>
            <numerusform>%n Begleitdatei</numerusform>
            <numerusform>%n Begleitdateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) written into</source>
        <translation>
            <numerusform>in %n Foto geschrieben</numerusform>
            <numerusform>in %n Fotos geschrieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n as they should be</source>
        <translation>
            <numerusform>%n wie gewünscht</numerusform>
            <numerusform>%n wie gewünscht</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>extent</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n Person</numerusform>
            <numerusform>%n Personen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n album(s)</source>
        <translation>
            <numerusform>%n Album</numerusform>
            <numerusform>%n Alben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s)</source>
        <translation>
            <numerusform>%n Einstellung</numerusform>
            <numerusform>%n Einstellungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>faces</name>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
</context>
<context>
    <name>foresight</name>
    <message>
        <source>Nothing would change.</source>
        <translation>Nichts würde sich ändern.</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) would come apart</source>
        <translation>
            <numerusform>Eine Gruppe würde getrennt</numerusform>
            <numerusform>%n Gruppen würden getrennt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be joined with others</source>
        <translation>
            <numerusform>%n würde mit anderen verbunden</numerusform>
            <numerusform>%n würden mit anderen verbunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n single face(s) would find a group</source>
        <translation>
            <numerusform>ein einzelnes Gesicht fände eine Gruppe</numerusform>
            <numerusform>%n einzelne Gesichter fänden eine Gruppe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) would be left alone</source>
        <translation>
            <numerusform>ein Gesicht bliebe allein</numerusform>
            <numerusform>%n Gesichter blieben allein</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>you are here</source>
        <translation>hier sind Sie</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>The beginning</source>
        <translation>Der Anfang</translation>
    </message>
    <message>
        <source>Before these steps</source>
        <translation>Vor diesen Schritten</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day}, {time}</translation>
    </message>
</context>
<context>
    <name>learning</name>
    <message numerus="yes">
        <source>There are %n confirmed face(s) to learn from.</source>
        <translation>
            <numerusform>Es gibt %n bestätigtes Gesicht, aus dem gelernt werden kann.</numerusform>
            <numerusform>Es gibt %n bestätigte Gesichter, aus denen gelernt werden kann.</numerusform>
        </translation>
    </message>
    <message>
        <source>This is better, and it is used: suggestions follow it from now on, groups from the next scan on.</source>
        <translation>Das ist besser und wird benutzt: Vorschläge folgen ihm ab jetzt, Gruppen ab der nächsten Suche.</translation>
    </message>
    <message>
        <source>By the faces confirmed since, this is no longer better. It is not used.</source>
        <translation>Nach den seither bestätigten Gesichtern ist das nicht mehr besser. Es wird nicht benutzt.</translation>
    </message>
    <message>
        <source>Much of what this was learned from was taken back. It is not used; learn again.</source>
        <translation>Vieles, woraus das gelernt wurde, wurde zurückgenommen. Es wird nicht benutzt; lernen Sie neu.</translation>
    </message>
    <message>
        <source>Suggestions would be worse with this. It is not used; faces are compared as before.</source>
        <translation>Vorschläge wären damit schlechter. Es wird nicht benutzt; Gesichter werden verglichen wie bisher.</translation>
    </message>
    <message>
        <source>This is not surely better. It is not used; faces are compared as before.</source>
        <translation>Das ist nicht sicher besser. Es wird nicht benutzt; Gesichter werden verglichen wie bisher.</translation>
    </message>
    <message>
        <source>Pairs of one person recognised</source>
        <translation>Erkannte Paare einer Person</translation>
    </message>
    <message>
        <source>Right suggestions</source>
        <translation>Richtige Vorschläge</translation>
    </message>
    <message>
        <source>Right groups (BCubed F)</source>
        <translation>Richtige Gruppen (BCubed F)</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>&amp;Person</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>&amp;Gesicht</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>F&amp;oto</translation>
    </message>
    <message>
        <source>View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>people</name>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) together</source>
        <translation>
            <numerusform>%n gemeinsames Foto</numerusform>
            <numerusform>%n gemeinsame Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>photos</name>
    <message>
        <source>Without a date</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>MMMM yyyy</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>questions</name>
    <message>
        <source>Doubtful</source>
        <translation>Zweifelhaft</translation>
    </message>
    <message>
        <source>Likely</source>
        <translation>Wahrscheinlich</translation>
    </message>
    <message>
        <source>These</source>
        <translation>Diese</translation>
    </message>
    <message>
        <source>and these</source>
        <translation>und diese</translation>
    </message>
    <message>
        <source>Is this {name}?</source>
        <translation>Ist das {name}?</translation>
    </message>
    <message>
        <source>Are these the same person?</source>
        <translation>Ist das dieselbe Person?</translation>
    </message>
    <message>
        <source>Is {name} two people?</source>
        <translation>Ist {name} zwei Personen?</translation>
    </message>
    <message>
        <source>this group</source>
        <translation>diese Gruppe</translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message>
        <source>almost certain</source>
        <translation>fast sicher</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>wahrscheinlich</translation>
    </message>
    <message>
        <source>perhaps</source>
        <translation>vielleicht</translation>
    </message>
</context>
<context>
    <name>remaining</name>
    <message>
        <source>less than a minute left</source>
        <translation>weniger als eine Minute</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>noch %n Minute</numerusform>
            <numerusform>noch %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) left</source>
        <translation>
            <numerusform>noch %n Stunde</numerusform>
            <numerusform>noch %n Stunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rules</name>
    <message>
        <source>in {folder}</source>
        <translation>in {folder}</translation>
    </message>
    <message>
        <source>that cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>all photos</source>
        <translation>alle Fotos</translation>
    </message>
    <message>
        <source>only {names}</source>
        <translation>nur {names}</translation>
    </message>
    <message>
        <source>{first} or {last}</source>
        <translation>{first} oder {last}</translation>
    </message>
    <message>
        <source>without {names}</source>
        <translation>ohne {names}</translation>
    </message>
    <message>
        <source>nobody in them</source>
        <translation>ohne Personen</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>{least} to {most} faces</source>
        <translation>{least} bis {most} Gesichter</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) or more</source>
        <translation>
            <numerusform>mindestens %n Gesicht</numerusform>
            <numerusform>mindestens %n Gesichter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) at most</source>
        <translation>
            <numerusform>höchstens %n Gesicht</numerusform>
            <numerusform>höchstens %n Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>with somebody unnamed</source>
        <translation>mit jemand Unbenanntem</translation>
    </message>
    <message>
        <source>{first}–{last}</source>
        <translation>{first}–{last}</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>seit {day}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>bis {day}</translation>
    </message>
    <message>
        <source>somebody unnamed</source>
        <translation>jemand Unbenanntes</translation>
    </message>
</context>
<context>
    <name>scan</name>
    <message numerus="yes">
        <source>%n new face(s)</source>
        <translation>
            <numerusform>%n neues Gesicht</numerusform>
            <numerusform>%n neue Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>{rate} photos a second</source>
        <translation>{rate} Fotos je Sekunde</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>Putting faces together…</source>
        <translation>Gesichter werden zusammengestellt …</translation>
    </message>
    <message>
        <source>{done} of {total} photos</source>
        <translation>{done} von {total} Fotos</translation>
    </message>
    <message>
        <source>Describing faces anew: {done} of {total} photos</source>
        <translation>Gesichter werden neu beschrieben: {done} von {total} Fotos</translation>
    </message>
    <message>
        <source>Stopped; what was done is kept.</source>
        <translation>Angehalten; was getan ist, bleibt erhalten.</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) moved to another group</source>
        <translation>
            <numerusform>Ein Gesicht kam in eine andere Gruppe</numerusform>
            <numerusform>%n Gesichter kamen in eine andere Gruppe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new photo(s)</source>
        <translation>
            <numerusform>%n neues Foto</numerusform>
            <numerusform>%n neue Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) not connected</source>
        <translation>
            <numerusform>Ein Ordner nicht verbunden</numerusform>
            <numerusform>%n Ordner nicht verbunden</numerusform>
        </translation>
    </message>
    <message>
        <source>{model} finds faces from the next scan on</source>
        <translation>{model} findet Gesichter ab dem nächsten Durchsuchen</translation>
    </message>
    <message>
        <source>{model} describes the faces now</source>
        <translation>{model} beschreibt jetzt die Gesichter</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) not there</source>
        <translation>
            <numerusform>%n Foto nicht da</numerusform>
            <numerusform>%n Fotos nicht da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) could not be read</source>
        <translation>
            <numerusform>%n Foto konnte nicht gelesen werden</numerusform>
            <numerusform>%n Fotos konnten nicht gelesen werden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>similar</name>
    <message>
        <source>No name yet</source>
        <translation>Noch ohne Namen</translation>
    </message>
    <message>
        <source>distance {distance}</source>
        <translation>Abstand {distance}</translation>
    </message>
    <message>
        <source>{percent} %, distance {distance}</source>
        <translation>{percent} %, Abstand {distance}</translation>
    </message>
</context>
<context>
    <name>start</name>
    <message>
        <source>This library is open in another window of Face Organizer, which does not answer.

Wait a little, or end that program, and start again.</source>
        <translation>Diese Bibliothek ist in einem anderen Fenster von Face Organizer geöffnet, das nicht antwortet.

Warten Sie ein wenig oder beenden Sie jenes Programm, und starten Sie dann erneut.</translation>
    </message>
</context>
<context>
    <name>steps</name>
    <message>
        <source>add to album</source>
        <translation>Zu Album hinzufügen</translation>
    </message>
    <message>
        <source>another model</source>
        <translation>anderes Modell</translation>
    </message>
    <message>
        <source>birth date</source>
        <translation>Geburtstag</translation>
    </message>
    <message>
        <source>break up</source>
        <translation>Aufteilen</translation>
    </message>
    <message>
        <source>change album</source>
        <translation>Album ändern</translation>
    </message>
    <message>
        <source>confirm faces</source>
        <translation>Gesichter bestätigen</translation>
    </message>
    <message>
        <source>confirm people</source>
        <translation>Personen bestätigen</translation>
    </message>
    <message>
        <source>correct face</source>
        <translation>Gesicht berichtigen</translation>
    </message>
    <message>
        <source>delete album</source>
        <translation>Album löschen</translation>
    </message>
    <message>
        <source>delete faces</source>
        <translation>Gesichter löschen</translation>
    </message>
    <message>
        <source>different people</source>
        <translation>Verschiedene Personen</translation>
    </message>
    <message>
        <source>draw face</source>
        <translation>Gesicht einzeichnen</translation>
    </message>
    <message>
        <source>group again</source>
        <translation>Neu gruppieren</translation>
    </message>
    <message>
        <source>hide people</source>
        <translation>Personen ausblenden</translation>
    </message>
    <message>
        <source>hide small groups</source>
        <translation>Kleine Gruppen ausblenden</translation>
    </message>
    <message>
        <source>ignore faces</source>
        <translation>Gesichter ignorieren</translation>
    </message>
    <message>
        <source>ignore unnamed faces</source>
        <translation>Unbenannte Gesichter ignorieren</translation>
    </message>
    <message>
        <source>import Picasa&apos;s names</source>
        <translation>Namen aus Picasa einlesen</translation>
    </message>
    <message>
        <source>import a Takeout&apos;s names</source>
        <translation>Namen aus einem Takeout einlesen</translation>
    </message>
    <message>
        <source>import csv</source>
        <translation>CSV einlesen</translation>
    </message>
    <message>
        <source>import csv: decisions</source>
        <translation>CSV einlesen: Entscheidungen</translation>
    </message>
    <message>
        <source>import json</source>
        <translation>JSON einlesen</translation>
    </message>
    <message>
        <source>import json: decisions</source>
        <translation>JSON einlesen: Entscheidungen</translation>
    </message>
    <message>
        <source>import metadata</source>
        <translation>Namen aus Fotos einlesen</translation>
    </message>
    <message>
        <source>key face</source>
        <translation>Titelbild</translation>
    </message>
    <message>
        <source>merge</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>move faces</source>
        <translation>Gesichter verschieben</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Benennen</translation>
    </message>
    <message>
        <source>name face</source>
        <translation>Gesicht benennen</translation>
    </message>
    <message>
        <source>new album</source>
        <translation>Neues Album</translation>
    </message>
    <message>
        <source>not a face</source>
        <translation>Kein Gesicht</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>one person</source>
        <translation>Eine Person</translation>
    </message>
    <message>
        <source>reject faces</source>
        <translation>Nicht diese Person</translation>
    </message>
    <message>
        <source>remove from album</source>
        <translation>Aus Album entfernen</translation>
    </message>
    <message>
        <source>rename album</source>
        <translation>Album umbenennen</translation>
    </message>
    <message>
        <source>restore</source>
        <translation>Kopie zurückholen</translation>
    </message>
    <message>
        <source>restore faces</source>
        <translation>Gesichter zurückholen</translation>
    </message>
    <message>
        <source>same photo, same person</source>
        <translation>Ein Foto, dieselbe Person</translation>
    </message>
    <message>
        <source>same photo, two people</source>
        <translation>Ein Foto, zwei Personen</translation>
    </message>
    <message>
        <source>show people</source>
        <translation>Personen einblenden</translation>
    </message>
    <message>
        <source>split</source>
        <translation>Abtrennen</translation>
    </message>
    <message>
        <source>write metadata</source>
        <translation>Namen in Fotos schreiben</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>Without a date</source>
        <translation>Ohne Datum</translation>
    </message>
</context>
</TS>
