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
    <message>
        <source>Photo {number} of {count}</source>
        <translation>Foto {number} von {count}</translation>
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
    <name>HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>en</source>
        <comment>the folder with the pages of the help in this language</comment>
        <translation>de</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>In der Hilfe suchen</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Open this address in the web browser?</source>
        <translation>Diese Adresse im Webbrowser öffnen?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>{page} – Help</source>
        <translation>{page} – Hilfe</translation>
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
        <source>dlib&apos;s 68-point landmark model, which comes with the program, was trained on the iBUG 300-W data, whose licence excludes commercial use. F1 leads to more about it.</source>
        <translation>Das 68-Punkte-Modell von dlib, das mit dem Programm kommt, wurde mit den Daten iBUG 300-W trainiert, deren Lizenz gewerbliche Nutzung ausschließt. F1 führt zu mehr darüber.</translation>
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
    <name>_PageView</name>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
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
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>What is to be known of this place</source>
        <translation>Was über diesen Ort zu wissen ist</translation>
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
    <name>errors</name>
    <message>
        <source>, and {0} more such pairs</source>
        <translation> und {0} weitere solche Paare</translation>
    </message>
    <message>
        <source>2 to {0}</source>
        <translation>2 bis {0}</translation>
    </message>
    <message>
        <source>A descriptor in the library is not as long as its model says.</source>
        <translation>Ein Deskriptor in der Bibliothek ist nicht so lang, wie sein Modell es angibt.</translation>
    </message>
    <message>
        <source>A descriptor is not finite.</source>
        <translation>Ein Deskriptor ist nicht endlich.</translation>
    </message>
    <message>
        <source>A face is in two parts.</source>
        <translation>Ein Gesicht ist in zwei Teilen.</translation>
    </message>
    <message>
        <source>A face needs a name that is not empty.</source>
        <translation>Ein Gesicht braucht einen Namen, der nicht leer ist.</translation>
    </message>
    <message>
        <source>A figure cannot be {0} pixels wide.</source>
        <translation>Eine Abbildung kann nicht {0} Pixel breit sein.</translation>
    </message>
    <message>
        <source>A gallery has a layout of its own.</source>
        <translation>Eine Galerie hat ihre eigene Anordnung.</translation>
    </message>
    <message>
        <source>A layout has / between its folders, also on Windows.</source>
        <translation>Ein Muster hat / zwischen seinen Ordnern, auch unter Windows.</translation>
    </message>
    <message>
        <source>A layout knows no {{{0}{1}}}.</source>
        <translation>Ein Muster kennt kein {{{0}{1}}}.</translation>
    </message>
    <message>
        <source>A map of {0} faces shows nothing.</source>
        <translation>Eine Karte von {0} Gesichtern zeigt nichts.</translation>
    </message>
    <message>
        <source>A margin of {0} is none.</source>
        <translation>Ein Rand von {0} ist keiner.</translation>
    </message>
    <message>
        <source>A matrix has 0 to {0} people, not {1}.</source>
        <translation>Eine Matrix hat 0 bis {0} Personen, nicht {1}.</translation>
    </message>
    <message>
        <source>A merge needs two people or more.</source>
        <translation>Zum Zusammenführen braucht es zwei oder mehr Personen.</translation>
    </message>
    <message>
        <source>A model cannot be called “{0}”.</source>
        <translation>Ein Modell kann nicht „{0}“ heißen.</translation>
    </message>
    <message>
        <source>A scan or a grouping is working on the library {0}.</source>
        <translation>Eine Suche oder Gruppierung arbeitet gerade an der Bibliothek {0}.</translation>
    </message>
    <message>
        <source>A zip is written as a whole; there is nothing to synchronise.</source>
        <translation>Eine Zip-Datei wird im Ganzen geschrieben; da gibt es nichts abzugleichen.</translation>
    </message>
    <message>
        <source>A {0} holds no links.</source>
        <translation>Verknüpfungen gibt es in dieser Art von Export nicht ({0}).</translation>
    </message>
    <message>
        <source>Add the model again, or use another one.</source>
        <translation>Fügen Sie das Modell noch einmal hinzu, oder verwenden Sie ein anderes.</translation>
    </message>
    <message>
        <source>Album {0} is named {1} already.</source>
        <translation>Album {0} heißt schon {1}.</translation>
    </message>
    <message>
        <source>Allow it, then once more.</source>
        <translation>Erlauben Sie es und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>An album keeps a rule or photos, not both.</source>
        <translation>Ein Album hat eine Regel oder Fotos, nicht beides.</translation>
    </message>
    <message>
        <source>An album needs a name that is not empty.</source>
        <translation>Ein Album braucht einen Namen, der nicht leer ist.</translation>
    </message>
    <message>
        <source>Another program holds {0}.</source>
        <translation>Ein anderes Programm hält {0} geöffnet.</translation>
    </message>
    <message>
        <source>Another program is reading the library, so that its log could not be cleared.</source>
        <translation>Ein anderes Programm liest gerade die Bibliothek, deshalb konnte ihr Protokoll nicht geleert werden.</translation>
    </message>
    <message>
        <source>Ask for one or more.</source>
        <translation>Verlangen Sie eines oder mehr.</translation>
    </message>
    <message>
        <source>Breaking up needs two parts or more with faces in each.</source>
        <translation>Zum Aufteilen braucht es zwei oder mehr Teile mit Gesichtern in jedem.</translation>
    </message>
    <message>
        <source>Cancelled; what was done so far is kept.</source>
        <translation>Abgebrochen; was bis dahin getan war, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Change the rule instead.</source>
        <translation>Ändern Sie stattdessen die Regel.</translation>
    </message>
    <message>
        <source>Check the permissions of the library&apos;s folder.</source>
        <translation>Prüfen Sie die Rechte am Ordner der Bibliothek.</translation>
    </message>
    <message>
        <source>Choose a YuNet model of OpenCV&apos;s, or the layout that fits.</source>
        <translation>Wählen Sie ein YuNet-Modell von OpenCV oder die passende Anordnung.</translation>
    </message>
    <message>
        <source>Choose a folder outside of it.</source>
        <translation>Wählen Sie einen Ordner außerhalb davon.</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>Wählen Sie einen Ordner.</translation>
    </message>
    <message>
        <source>Choose a model in the format ONNX.</source>
        <translation>Wählen Sie ein Modell im Format ONNX.</translation>
    </message>
    <message>
        <source>Choose a model that describes aligned faces of 112 × 112 pixels, as ArcFace and SFace do.</source>
        <translation>Wählen Sie ein Modell, das ausgerichtete Gesichter von 112 × 112 Pixeln beschreibt, wie ArcFace und SFace.</translation>
    </message>
    <message>
        <source>Choose a model that gives one descriptor a face.</source>
        <translation>Wählen Sie ein Modell, das je Gesicht einen Deskriptor liefert.</translation>
    </message>
    <message>
        <source>Choose a name with .png, .svg or .csv.</source>
        <translation>Wählen Sie einen Namen mit .png, .svg oder .csv.</translation>
    </message>
    <message>
        <source>Choose a picture that shows one more clearly.</source>
        <translation>Wählen Sie ein Bild, auf dem eines deutlicher zu sehen ist.</translation>
    </message>
    <message>
        <source>Choose a smaller model.</source>
        <translation>Wählen Sie ein kleineres Modell.</translation>
    </message>
    <message>
        <source>Choose another engine.</source>
        <translation>Wählen Sie eine andere Engine.</translation>
    </message>
    <message>
        <source>Choose another face.</source>
        <translation>Wählen Sie ein anderes Gesicht.</translation>
    </message>
    <message>
        <source>Choose another layout if its pixels are scaled in another way, or another model.</source>
        <translation>Wählen Sie eine andere Anordnung, wenn seine Pixel anders skaliert sind, oder ein anderes Modell.</translation>
    </message>
    <message>
        <source>Choose another model, or another engine (scan.engine).</source>
        <translation>Wählen Sie ein anderes Modell oder eine andere Engine (scan.engine).</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Choose another place, or make room there.</source>
        <translation>Wählen Sie einen anderen Ort, oder schaffen Sie dort Platz.</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Choose copies.</source>
        <translation>Wählen Sie Kopien.</translation>
    </message>
    <message>
        <source>Choose from 256 to 20000.</source>
        <translation>Wählen Sie 256 bis 20000.</translation>
    </message>
    <message>
        <source>Choose one from 0 to 5.</source>
        <translation>Wählen Sie einen von 0 bis 5.</translation>
    </message>
    <message>
        <source>Choose one of the person&apos;s own faces.</source>
        <translation>Wählen Sie eines der Gesichter dieser Person.</translation>
    </message>
    <message>
        <source>Choose one of {0}.</source>
        <translation>Möglich sind {0}.</translation>
    </message>
    <message>
        <source>Choose one of: {0}.</source>
        <translation>Möglich sind: {0}.</translation>
    </message>
    <message>
        <source>Choose onnxruntime or opencv.</source>
        <translation>Wählen Sie onnxruntime oder opencv.</translation>
    </message>
    <message>
        <source>Choose the method “infomap”, which takes a million faces, or a smaller cut where it has one.</source>
        <translation>Wählen Sie das Verfahren „infomap“, das eine Million Gesichter bewältigt, oder eine kleinere Grenze, wo es eine hat.</translation>
    </message>
    <message>
        <source>Choose two.</source>
        <translation>Wählen Sie zwei.</translation>
    </message>
    <message>
        <source>Choose {0} from {1} to {2}.</source>
        <translation>Wählen Sie {0} von {1} bis {2}.</translation>
    </message>
    <message>
        <source>Choose {0} or more.</source>
        <translation>Wählen Sie {0} oder mehr.</translation>
    </message>
    <message>
        <source>Choose {0} to {1}.</source>
        <translation>Wählen Sie {0} bis {1}.</translation>
    </message>
    <message>
        <source>Close it, then try again.</source>
        <translation>Schließen Sie es und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Close other programs, or set fewer jobs.</source>
        <translation>Schließen Sie andere Programme, oder stellen Sie weniger gleichzeitige Arbeiten ein.</translation>
    </message>
    <message>
        <source>Connect the folders or scan them again, then use the model; until then nothing changes.</source>
        <translation>Schließen Sie die Ordner an oder durchsuchen Sie sie noch einmal, und verwenden Sie dann das Modell; bis dahin ändert sich nichts.</translation>
    </message>
    <message>
        <source>Correct that one.</source>
        <translation>Berichtigen Sie dieses.</translation>
    </message>
    <message>
        <source>Descriptors of shape {0} are not of length {1}.</source>
        <translation>Deskriptoren der Form {0} haben nicht die Länge {1}.</translation>
    </message>
    <message>
        <source>Did you mean {0}?</source>
        <translation>Meinten Sie {0}?</translation>
    </message>
    <message>
        <source>Doing again</source>
        <translation>Das Wiederholen von</translation>
    </message>
    <message>
        <source>Drawing ended early: {0}.</source>
        <translation>Das Zeichnen endete vorzeitig: {0}.</translation>
    </message>
    <message>
        <source>Drawing the map ended early: {0}.</source>
        <translation>Das Zeichnen der Karte endete vorzeitig: {0}.</translation>
    </message>
    <message>
        <source>Face {0} is in no group.</source>
        <translation>Gesicht {0} ist in keiner Gruppe.</translation>
    </message>
    <message>
        <source>Face {0} is not described: its photo is gone, or no eyes, nose and mouth can be made out.</source>
        <translation>Gesicht {0} ist nicht beschrieben: Sein Foto ist fort, oder Augen, Nase und Mund sind nicht zu erkennen.</translation>
    </message>
    <message>
        <source>Face {0} is not one of person {1}.</source>
        <translation>Gesicht {0} gehört nicht zu Person {1}.</translation>
    </message>
    <message>
        <source>Face {0} is one face.</source>
        <translation>Gesicht {0} ist nur ein Gesicht.</translation>
    </message>
    <message>
        <source>Face {0} is put away.</source>
        <translation>Gesicht {0} ist weggelegt.</translation>
    </message>
    <message>
        <source>Face {0} is there already.</source>
        <translation>Dort ist schon Gesicht {0}.</translation>
    </message>
    <message>
        <source>Face {0} was found by the program, which would find it again.</source>
        <translation>Gesicht {0} hat das Programm gefunden und würde es wieder finden.</translation>
    </message>
    <message>
        <source>Face {0} {1}, as somebody said.</source>
        <translation>Von Gesicht {0} wurde gesagt: {1}.</translation>
    </message>
    <message>
        <source>Faces left meanwhile.</source>
        <translation>Inzwischen sind Gesichter weggefallen.</translation>
    </message>
    <message>
        <source>Faces {0} and {1} are in one photo{2}: they would be one person.</source>
        <translation>Die Gesichter {0} und {1} sind auf einem Foto{2}: Sie wären eine Person.</translation>
    </message>
    <message>
        <source>Faces {0} and {1} are not two faces of one photo.</source>
        <translation>{0} und {1} sind nicht zwei Gesichter eines Fotos.</translation>
    </message>
    <message>
        <source>Faces {0} and {1} have different names.</source>
        <translation>Die Gesichter {0} und {1} haben verschiedene Namen.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Grouping ended early: {0}.</source>
        <translation>Das Gruppieren endete vorzeitig: {0}.</translation>
    </message>
    <message>
        <source>Ignore it, or say that it is not a face.</source>
        <translation>Ignorieren Sie es, oder sagen Sie, dass es kein Gesicht ist.</translation>
    </message>
    <message>
        <source>Install it by pip install &quot;faceorganizer[maps]&quot;, or choose t-SNE.</source>
        <translation>Installieren Sie es mit pip install &quot;faceorganizer[maps]&quot;, oder wählen Sie t-SNE.</translation>
    </message>
    <message>
        <source>Install the model files again.</source>
        <translation>Installieren Sie die Modelldateien noch einmal.</translation>
    </message>
    <message>
        <source>Install the package {0} again.</source>
        <translation>Installieren Sie das Paket {0} noch einmal.</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>Installieren Sie das Programm noch einmal.</translation>
    </message>
    <message>
        <source>It has these: {0}.</source>
        <translation>Es gibt diese: {0}.</translation>
    </message>
    <message>
        <source>It is a file contacts.xml.</source>
        <translation>Gemeint ist eine Datei contacts.xml.</translation>
    </message>
    <message>
        <source>It is left as it was. Restore one of the copies in its folder backups.</source>
        <translation>Sie ist geblieben, wie sie war. Stellen Sie eine der Kopien in ihrem Ordner backups wieder her.</translation>
    </message>
    <message>
        <source>It is measured, and cannot be chosen; leave it out.</source>
        <translation>Das wird gemessen und kann nicht gewählt werden; lassen Sie es weg.</translation>
    </message>
    <message>
        <source>It takes two people to be different.</source>
        <translation>Verschieden können nur zwei Personen sein.</translation>
    </message>
    <message>
        <source>Its drive may be failing.</source>
        <translation>Vielleicht ist das Laufwerk defekt.</translation>
    </message>
    <message>
        <source>Learning ended early: {0}.</source>
        <translation>Das Lernen endete vorzeitig: {0}.</translation>
    </message>
    <message>
        <source>Learning needs {0} people with {1} confirmed faces each; there {2} {3}.</source>
        <translation>Das Lernen braucht {0} Personen mit je {1} bestätigten Gesichtern; vorhanden {2} {3}.</translation>
    </message>
    <message>
        <source>Leave out faces of nobody.</source>
        <translation>Lassen Sie Gesichter weg, die niemandem gehören.</translation>
    </message>
    <message>
        <source>Make a new album with the rule.</source>
        <translation>Legen Sie ein neues Album mit der Regel an.</translation>
    </message>
    <message>
        <source>Make it first, or choose another place.</source>
        <translation>Legen Sie ihn zuerst an, oder wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Make it first.</source>
        <translation>Legen Sie ihn zuerst an.</translation>
    </message>
    <message>
        <source>Make room there, or allow writing.</source>
        <translation>Schaffen Sie dort Platz, oder erlauben Sie das Schreiben.</translation>
    </message>
    <message>
        <source>Make room there, or export less. Nothing was written.</source>
        <translation>Schaffen Sie dort Platz, oder exportieren Sie weniger. Es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>Make room there, or name another folder by the environment variable FACEORGANIZER_MODELS.</source>
        <translation>Schaffen Sie dort Platz, oder nennen Sie mit der Umgebungsvariablen FACEORGANIZER_MODELS einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Make sure that the disk is there, has free space and may be written to, then try again.</source>
        <translation>Sorgen Sie dafür, dass der Datenträger da ist, freien Platz hat und beschrieben werden darf, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Merge that one, too.</source>
        <translation>Führen Sie auch diese zusammen.</translation>
    </message>
    <message>
        <source>Move it away, or choose another folder.</source>
        <translation>Verschieben Sie sie, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Move one of them first.</source>
        <translation>Verschieben Sie zuerst eines davon.</translation>
    </message>
    <message>
        <source>Name a file in it, such as {0}.</source>
        <translation>Nennen Sie eine Datei darin, etwa {0}.</translation>
    </message>
    <message>
        <source>Name a file in it.</source>
        <translation>Nennen Sie eine Datei darin.</translation>
    </message>
    <message>
        <source>Name another one, or delete that one first.</source>
        <translation>Wählen Sie einen anderen Namen, oder löschen Sie zuerst jenes.</translation>
    </message>
    <message>
        <source>Name another one.</source>
        <translation>Nennen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Name people and confirm their faces first.</source>
        <translation>Benennen Sie zuerst Personen und bestätigen Sie deren Gesichter.</translation>
    </message>
    <message>
        <source>Name somebody: all faces of that person are confirmed then.</source>
        <translation>Benennen Sie jemanden: Alle Gesichter dieser Person sind dann bestätigt.</translation>
    </message>
    <message>
        <source>No album is named {0}.</source>
        <translation>Kein Album heißt {0}.</translation>
    </message>
    <message>
        <source>No face is known of {0}: {1}.</source>
        <translation>Von {0} ist kein Gesicht bekannt: {1}.</translation>
    </message>
    <message>
        <source>No face is known there in {0}.</source>
        <translation>In {0} ist dort kein Gesicht bekannt.</translation>
    </message>
    <message>
        <source>No face was found in {0}.</source>
        <translation>In {0} wurde kein Gesicht gefunden.</translation>
    </message>
    <message>
        <source>No group has fewer than {0} faces.</source>
        <translation>Keine Gruppe hat weniger als {0} Gesichter.</translation>
    </message>
    <message>
        <source>No model “{0}” was added.</source>
        <translation>Es wurde kein Modell „{0}“ hinzugefügt.</translation>
    </message>
    <message>
        <source>No photo has at least {0} and at most {1} faces.</source>
        <translation>Kein Foto hat mindestens {0} und höchstens {1} Gesichter.</translation>
    </message>
    <message>
        <source>No photo was taken from {0} on and up to {1}.</source>
        <translation>Kein Foto wurde ab {0} und bis {1} aufgenommen.</translation>
    </message>
    <message>
        <source>Nobody has an empty name.</source>
        <translation>Niemand hat einen leeren Namen.</translation>
    </message>
    <message>
        <source>Nobody has two confirmed faces yet, so there are no distances to show.</source>
        <translation>Noch hat niemand zwei bestätigte Gesichter, deshalb gibt es keine Abstände zu zeigen.</translation>
    </message>
    <message>
        <source>Nobody is named {0}.</source>
        <translation>Niemand heißt {0}.</translation>
    </message>
    <message>
        <source>None of the photos with faces can be read as it was scanned, so “{0}” could describe no face.</source>
        <translation>Keines der Fotos mit Gesichtern ist so lesbar, wie es durchsucht wurde; „{0}“ könnte also kein Gesicht beschreiben.</translation>
    </message>
    <message>
        <source>Not faces of person {0}: {1}.</source>
        <translation>Keine Gesichter von Person {0}: {1}.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Nothing was changed. Correct it by hand.</source>
        <translation>Es wurde nichts geändert. Berichtigen Sie es von Hand.</translation>
    </message>
    <message>
        <source>Nothing was changed; try again.</source>
        <translation>Es wurde nichts geändert; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>Es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>One for each is needed.</source>
        <translation>Für jedes braucht es eines.</translation>
    </message>
    <message>
        <source>Parts are two or more.</source>
        <translation>Teile sind zwei oder mehr.</translation>
    </message>
    <message>
        <source>Person {0} is named {1} already.</source>
        <translation>Person {0} heißt schon {1}.</translation>
    </message>
    <message>
        <source>Photos come from an album or from a question, not both.</source>
        <translation>Fotos kommen aus einem Album oder aus einer Suche, nicht aus beidem.</translation>
    </message>
    <message>
        <source>Photos of {0} pixels are no use.</source>
        <translation>Fotos von {0} Pixeln nützen nichts.</translation>
    </message>
    <message>
        <source>Put that file back, or move the rest away and try again.</source>
        <translation>Legen Sie die Datei zurück, oder verschieben Sie den Rest und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Qualities of shape {0} do not fit {1} faces.</source>
        <translation>Güten der Form {0} passen nicht zu {1} Gesichtern.</translation>
    </message>
    <message>
        <source>Remove the model and add it again, or use another one.</source>
        <translation>Entfernen Sie das Modell und fügen Sie es noch einmal hinzu, oder verwenden Sie ein anderes.</translation>
    </message>
    <message>
        <source>Restore it first.</source>
        <translation>Holen Sie es zuerst zurück.</translation>
    </message>
    <message>
        <source>Restore one of the copies in the library&apos;s folder backups; keep the damaged file until that worked.</source>
        <translation>Stellen Sie eine der Kopien im Ordner backups der Bibliothek wieder her; behalten Sie die beschädigte Datei, bis das geglückt ist.</translation>
    </message>
    <message>
        <source>Restore that one.</source>
        <translation>Holen Sie dieses zurück.</translation>
    </message>
    <message>
        <source>Save the model with its weights in it.</source>
        <translation>Speichern Sie das Modell mit seinen Gewichten darin.</translation>
    </message>
    <message>
        <source>Say when the person was born.</source>
        <translation>Sagen Sie, wann die Person geboren ist.</translation>
    </message>
    <message>
        <source>Say which faces.</source>
        <translation>Sagen Sie, welche Gesichter.</translation>
    </message>
    <message>
        <source>Say which people.</source>
        <translation>Sagen Sie, welche Personen.</translation>
    </message>
    <message>
        <source>Say which person is meant.</source>
        <translation>Sagen Sie, welche Person gemeint ist.</translation>
    </message>
    <message>
        <source>Say which photos.</source>
        <translation>Sagen Sie, welche Fotos.</translation>
    </message>
    <message>
        <source>Scan a folder of photos first.</source>
        <translation>Durchsuchen Sie zuerst einen Ordner mit Fotos.</translation>
    </message>
    <message>
        <source>Scan first.</source>
        <translation>Durchsuchen Sie zuerst Fotos.</translation>
    </message>
    <message>
        <source>Scan its folder first.</source>
        <translation>Durchsuchen Sie zuerst seinen Ordner.</translation>
    </message>
    <message>
        <source>Settings file {0}: {1}</source>
        <translation>Einstellungsdatei {0}: {1}</translation>
    </message>
    <message>
        <source>Several people are named {0}: {1}.</source>
        <translation>Mehrere Personen heißen {0}: {1}.</translation>
    </message>
    <message>
        <source>Since that step, something else was decided about {0}.</source>
        <translation>Seit diesem Schritt wurde anderes entschieden über: {0}.</translation>
    </message>
    <message>
        <source>Somebody has an id below 0.</source>
        <translation>Jemand hat eine Nummer unter 0.</translation>
    </message>
    <message>
        <source>The album {0} is kept by hand.</source>
        <translation>Das Album {0} wird von Hand geführt.</translation>
    </message>
    <message>
        <source>The album {0} keeps a rule, which says what is in it.</source>
        <translation>Das Album {0} hat eine Regel, die sagt, was darin ist.</translation>
    </message>
    <message>
        <source>The box {0} does not lie in the photo.</source>
        <translation>Der Rahmen {0} liegt nicht im Foto.</translation>
    </message>
    <message>
        <source>The copy {0}, which leads past “{1}”, is gone.</source>
        <translation>Die Kopie {0}, die an „{1}“ vorbeiführt, ist fort.</translation>
    </message>
    <message>
        <source>The disk is full: {0} cannot grow.</source>
        <translation>Der Datenträger ist voll: {0} kann nicht wachsen.</translation>
    </message>
    <message>
        <source>The engine “dlib” cannot run {0} by itself.</source>
        <translation>Die Engine „dlib“ kann {0} nicht allein ausführen.</translation>
    </message>
    <message>
        <source>The engine “dlib” runs no networks but dlib&apos;s own.</source>
        <translation>Die Engine „dlib“ führt nur dlibs eigene Netze aus.</translation>
    </message>
    <message>
        <source>The export needs {0}, and {1} has {2} free.</source>
        <translation>Der Export braucht {0}, und {1} hat {2} frei.</translation>
    </message>
    <message>
        <source>The faces are that person&apos;s already.</source>
        <translation>Die Gesichter gehören dieser Person schon.</translation>
    </message>
    <message>
        <source>The faces have {0} numbers each, those learned have {1}.</source>
        <translation>Die Gesichter haben je {0} Zahlen, die gelernten {1}.</translation>
    </message>
    <message>
        <source>The file of the model “{0}” is not as it was registered.</source>
        <translation>Die Datei des Modells „{0}“ ist nicht mehr, wie sie eingetragen wurde.</translation>
    </message>
    <message>
        <source>The file of {0} cannot be read ({1}).</source>
        <translation>Die Datei von {0} ist nicht lesbar ({1}).</translation>
    </message>
    <message>
        <source>The file of {0} is larger than {1} MB.</source>
        <translation>Die Datei von {0} ist größer als {1} MB.</translation>
    </message>
    <message>
        <source>The folder {0} could not be read: {1}.</source>
        <translation>Der Ordner {0} konnte nicht gelesen werden: {1}.</translation>
    </message>
    <message>
        <source>The journal has no step {0}.</source>
        <translation>Der Verlauf hat keinen Schritt {0}.</translation>
    </message>
    <message>
        <source>The layout {0} cannot be read: {1}.</source>
        <translation>Das Muster {0} ist nicht lesbar: {1}.</translation>
    </message>
    <message>
        <source>The layout {0} has a folder or file without a name.</source>
        <translation>Das Muster {0} hat einen Ordner oder eine Datei ohne Namen.</translation>
    </message>
    <message>
        <source>The layout {0} names no field.</source>
        <translation>Das Muster {0} nennt kein Feld.</translation>
    </message>
    <message>
        <source>The library could not be brought to this version: it is damaged ({0}).</source>
        <translation>Die Bibliothek konnte nicht auf diese Version gebracht werden: Sie ist beschädigt ({0}).</translation>
    </message>
    <message>
        <source>The library does not know the photo {0}.</source>
        <translation>Die Bibliothek kennt das Foto {0} nicht.</translation>
    </message>
    <message>
        <source>The library has no album {0}.</source>
        <translation>Die Bibliothek hat kein Album {0}.</translation>
    </message>
    <message>
        <source>The library has no descriptors of the model {0} yet.</source>
        <translation>Die Bibliothek hat noch keine Deskriptoren des Modells {0}.</translation>
    </message>
    <message>
        <source>The library has no face {0}.</source>
        <translation>Die Bibliothek hat kein Gesicht {0}.</translation>
    </message>
    <message>
        <source>The library has no folder {0}.</source>
        <translation>Die Bibliothek hat keinen Ordner {0}.</translation>
    </message>
    <message>
        <source>The library has no folders yet.</source>
        <translation>Die Bibliothek hat noch keine Ordner.</translation>
    </message>
    <message>
        <source>The library has no model {0}.</source>
        <translation>Die Bibliothek hat kein Modell {0}.</translation>
    </message>
    <message>
        <source>The library has no person {0}.</source>
        <translation>Die Bibliothek hat keine Person {0}.</translation>
    </message>
    <message>
        <source>The library has no photo {0}.</source>
        <translation>Die Bibliothek hat kein Foto {0}.</translation>
    </message>
    <message>
        <source>The library has no {0} {1}.</source>
        <translation>In der Bibliothek gibt es das nicht: {0} {1}.</translation>
    </message>
    <message>
        <source>The library knows no photo in {0}.</source>
        <translation>Die Bibliothek kennt kein Foto in {0}.</translation>
    </message>
    <message>
        <source>The library {0} is being written to by {1}.</source>
        <translation>In die Bibliothek {0} schreibt gerade {1}.</translation>
    </message>
    <message>
        <source>The metadata of {0} have been changed by another program since.</source>
        <translation>Die Metadaten von {0} wurden seither von einem anderen Programm geändert.</translation>
    </message>
    <message>
        <source>The method “{0}” has no option “{1}”.</source>
        <translation>Das Verfahren „{0}“ hat keine Option „{1}“.</translation>
    </message>
    <message>
        <source>The model could not be kept in {0}: {1}.</source>
        <translation>Das Modell konnte nicht in {0} aufbewahrt werden: {1}.</translation>
    </message>
    <message>
        <source>The model file {0} cannot be read ({1}).</source>
        <translation>Die Modelldatei {0} ist nicht lesbar ({1}).</translation>
    </message>
    <message>
        <source>The model file {0} is damaged ({1}).</source>
        <translation>Die Modelldatei {0} ist beschädigt ({1}).</translation>
    </message>
    <message>
        <source>The model file {0} is damaged or of another kind: expected {1} at byte {2}, found {3}.</source>
        <translation>Die Modelldatei {0} ist beschädigt oder von anderer Art: erwartet {1} bei Byte {2}, gefunden {3}.</translation>
    </message>
    <message>
        <source>The model file {0} is larger than {1} MB.</source>
        <translation>Die Modelldatei {0} ist größer als {1} MB.</translation>
    </message>
    <message>
        <source>The model file {0} is missing.</source>
        <translation>Die Modelldatei {0} fehlt.</translation>
    </message>
    <message>
        <source>The model “{0}” cannot be run by OpenCV: {1}</source>
        <translation>OpenCV kann das Modell „{0}“ nicht ausführen: {1}</translation>
    </message>
    <message>
        <source>The model “{0}” cannot be run: {1}</source>
        <translation>Das Modell „{0}“ lässt sich nicht ausführen: {1}</translation>
    </message>
    <message>
        <source>The model “{0}” cannot be run: {1}.</source>
        <translation>Das Modell „{0}“ lässt sich nicht ausführen: {1}.</translation>
    </message>
    <message>
        <source>The model “{0}” could not be deleted: {1}.</source>
        <translation>Das Modell „{0}“ konnte nicht gelöscht werden: {1}.</translation>
    </message>
    <message>
        <source>The model “{0}” gives numbers of the shape {1} for {2} faces; expected a row of {3} for each.</source>
        <translation>Das Modell „{0}“ liefert Zahlen der Form {1} für {2} Gesichter; erwartet war eine Zeile von {3} für jedes.</translation>
    </message>
    <message>
        <source>The model “{0}” gives numbers that are not finite, or too large; expected a descriptor.</source>
        <translation>Das Modell „{0}“ liefert Zahlen, die nicht endlich oder zu groß sind; erwartet war ein Deskriptor.</translation>
    </message>
    <message>
        <source>The model “{0}” is none that {1}.</source>
        <translation>Das Modell „{0}“ ist keines, das {1}.</translation>
    </message>
    <message>
        <source>The people are as they were; try again.</source>
        <translation>Die Personen sind, wie sie waren; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The person was not taken apart: {0}.</source>
        <translation>Die Person wurde nicht aufgeteilt: {0}.</translation>
    </message>
    <message>
        <source>The photo is {0} x {1} pixels, the smallest face {2}.</source>
        <translation>Das Foto hat {0} × {1} Pixel, das kleinste Gesicht {2}.</translation>
    </message>
    <message>
        <source>The system allows no further process ({0}).</source>
        <translation>Das System erlaubt keinen weiteren Prozess ({0}).</translation>
    </message>
    <message>
        <source>The weights of {0} lie in other files; expected a model in one file.</source>
        <translation>Die Gewichte von {0} liegen in anderen Dateien; erwartet war ein Modell in einer Datei.</translation>
    </message>
    <message>
        <source>There are no contacts of Picasa in {0}.</source>
        <translation>In {0} sind keine Kontakte von Picasa.</translation>
    </message>
    <message>
        <source>There are no faces to show yet.</source>
        <translation>Es gibt noch keine Gesichter zu zeigen.</translation>
    </message>
    <message>
        <source>There are no {0} pairs.</source>
        <translation>Es gibt keine {0} Paare.</translation>
    </message>
    <message>
        <source>There are no {0} people.</source>
        <translation>Es gibt keine {0} Personen.</translation>
    </message>
    <message>
        <source>There are {0} faces and {1} people.</source>
        <translation>Es sind {0} Gesichter und {1} Personen.</translation>
    </message>
    <message>
        <source>There is a file {0} already.</source>
        <translation>Es gibt schon eine Datei {0}.</translation>
    </message>
    <message>
        <source>There is a library in {0} already.</source>
        <translation>In {0} ist schon eine Bibliothek.</translation>
    </message>
    <message>
        <source>There is a model “{0}” already.</source>
        <translation>Es gibt schon ein Modell „{0}“.</translation>
    </message>
    <message>
        <source>There is no aligner {0}.</source>
        <translation>Es gibt kein Ausrichtungsverfahren {0}.</translation>
    </message>
    <message>
        <source>There is no classifier “{0}”.</source>
        <translation>Es gibt keinen Klassifikator „{0}“.</translation>
    </message>
    <message>
        <source>There is no copy {0}.</source>
        <translation>Es gibt keine Kopie {0}.</translation>
    </message>
    <message>
        <source>There is no engine “{0}”.</source>
        <translation>Es gibt keine Engine „{0}“.</translation>
    </message>
    <message>
        <source>There is no folder {0}.</source>
        <translation>Es gibt keinen Ordner {0}.</translation>
    </message>
    <message>
        <source>There is no layout “{0}”.</source>
        <translation>Es gibt keine Anordnung „{0}“.</translation>
    </message>
    <message>
        <source>There is no library in {0}.</source>
        <translation>In {0} ist keine Bibliothek.</translation>
    </message>
    <message>
        <source>There is no method “{0}”.</source>
        <translation>Es gibt kein Verfahren „{0}“.</translation>
    </message>
    <message>
        <source>There is no metric “{0}”.</source>
        <translation>Es gibt kein Abstandsmaß „{0}“.</translation>
    </message>
    <message>
        <source>There is no model “{0}” on this computer.</source>
        <translation>Auf diesem Rechner gibt es kein Modell „{0}“.</translation>
    </message>
    <message>
        <source>There is no setting {0}.</source>
        <translation>Es gibt keine Einstellung {0}.</translation>
    </message>
    <message>
        <source>There is not enough memory for the worker processes.</source>
        <translation>Für die Arbeitsprozesse reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>There is nothing to {0}.</source>
        <translation>Nichts da für: {0}.</translation>
    </message>
    <message>
        <source>These names are taken already: {0}.</source>
        <translation>Diese Namen sind schon vergeben: {0}.</translation>
    </message>
    <message>
        <source>They have different names: {0}.</source>
        <translation>Sie haben verschiedene Namen: {0}.</translation>
    </message>
    <message>
        <source>This library uses the model “{0}”.</source>
        <translation>Diese Bibliothek verwendet das Modell „{0}“.</translation>
    </message>
    <message>
        <source>This method does not take the metric “{0}”.</source>
        <translation>Dieses Verfahren nimmt das Abstandsmaß „{0}“ nicht.</translation>
    </message>
    <message>
        <source>Thumbnails cannot be kept in {0}: {1}.</source>
        <translation>Vorschaubilder können nicht in {0} aufbewahrt werden: {1}.</translation>
    </message>
    <message>
        <source>Try again, or choose a smaller size.</source>
        <translation>Versuchen Sie es noch einmal, oder wählen Sie eine kleinere Größe.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>UMAP is not installed.</source>
        <translation>UMAP ist nicht installiert.</translation>
    </message>
    <message>
        <source>Undoing</source>
        <translation>Das Zurücknehmen von</translation>
    </message>
    <message>
        <source>Update Face Organizer first.</source>
        <translation>Aktualisieren Sie zuerst Face Organizer.</translation>
    </message>
    <message>
        <source>Update Face Organizer, then try again.</source>
        <translation>Aktualisieren Sie Face Organizer und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Use that, or remove it first.</source>
        <translation>Verwenden Sie dieses, oder entfernen Sie es zuerst.</translation>
    </message>
    <message>
        <source>Wait until it is done, or close it.</source>
        <translation>Warten Sie, bis das fertig ist, oder schließen Sie es.</translation>
    </message>
    <message>
        <source>Wait until it is done, or stop it.</source>
        <translation>Warten Sie, bis das fertig ist, oder halten Sie es an.</translation>
    </message>
    <message>
        <source>What was learned from confirmed faces is damaged in the library.</source>
        <translation>Was aus bestätigten Gesichtern gelernt wurde, ist in der Bibliothek beschädigt.</translation>
    </message>
    <message>
        <source>Worker processes do not start: {0}.</source>
        <translation>Arbeitsprozesse starten nicht: {0}.</translation>
    </message>
    <message>
        <source>Write it as YYYY-MM-DD, such as 1980-12-31.</source>
        <translation>Schreiben Sie es als JJJJ-MM-TT, etwa 1980-12-31.</translation>
    </message>
    <message>
        <source>Write it as in {{person}}/{{year}}/{{original}}.</source>
        <translation>Schreiben Sie es wie in {{person}}/{{year}}/{{original}}.</translation>
    </message>
    <message>
        <source>Write it as {{date:%Y-%m-%d}}.</source>
        <translation>Schreiben Sie es als {{date:%Y-%m-%d}}.</translation>
    </message>
    <message>
        <source>Write it as {{index:04}}.</source>
        <translation>Schreiben Sie es als {{index:04}}.</translation>
    </message>
    <message>
        <source>a file is where its folder should be</source>
        <translation>wo ihr Ordner sein sollte, ist eine Datei</translation>
    </message>
    <message>
        <source>a folder is where it should be</source>
        <translation>wo sie sein sollte, ist ein Ordner</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a text in it is no text</source>
        <translation>ein Text darin ist keiner</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nach</translation>
    </message>
    <message>
        <source>an error in the program, please report it: {0}</source>
        <translation>ein Fehler im Programm, bitte melden Sie ihn: {0}</translation>
    </message>
    <message>
        <source>another file has that name</source>
        <translation>eine andere Datei heißt so</translation>
    </message>
    <message>
        <source>another process</source>
        <translation>ein anderer Prozess</translation>
    </message>
    <message>
        <source>another program was writing to it</source>
        <translation>ein anderes Programm schrieb gerade hinein</translation>
    </message>
    <message>
        <source>are</source>
        <translation>sind</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vor</translation>
    </message>
    <message>
        <source>describes faces</source>
        <translation>Gesichter beschreibt</translation>
    </message>
    <message>
        <source>entry {0}</source>
        <translation>Eintrag {0}</translation>
    </message>
    <message>
        <source>finds faces</source>
        <translation>Gesichter findet</translation>
    </message>
    <message>
        <source>hard</source>
        <translation>harte</translation>
    </message>
    <message>
        <source>is</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>is ignored</source>
        <translation>wird ignoriert</translation>
    </message>
    <message>
        <source>is not a face</source>
        <translation>ist kein Gesicht</translation>
    </message>
    <message>
        <source>it does not begin as a database does</source>
        <translation>sie beginnt nicht wie eine Datenbank</translation>
    </message>
    <message>
        <source>it has no pixels</source>
        <translation>es hat keine Pixel</translation>
    </message>
    <message>
        <source>it has other bytes than when it was scanned: its drive may be failing</source>
        <translation>sie hat andere Bytes als beim Durchsuchen: vielleicht ist das Laufwerk defekt</translation>
    </message>
    <message>
        <source>it has {0} megapixels, more than the limit of {1}; raise the setting scan.max_megapixels to read it</source>
        <translation>es hat {0} Megapixel, mehr als die Grenze von {1}; um es zu lesen, erhöhen Sie die Einstellung scan.max_megapixels</translation>
    </message>
    <message>
        <source>it is a folder, not a file</source>
        <translation>es ist ein Ordner, keine Datei</translation>
    </message>
    <message>
        <source>it is cut off: {0} of {1} bytes are left</source>
        <translation>sie ist abgeschnitten: {0} von {1} Bytes sind noch da</translation>
    </message>
    <message>
        <source>it is larger than a file may be there</source>
        <translation>sie ist größer, als eine Datei dort sein darf</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>es ist kein JSON</translation>
    </message>
    <message>
        <source>it is no document of this program</source>
        <translation>es ist kein Dokument dieses Programms</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>es ist keine Datei</translation>
    </message>
    <message>
        <source>it is no longer there</source>
        <translation>sie ist nicht mehr da</translation>
    </message>
    <message>
        <source>it is not a picture</source>
        <translation>es ist kein Bild</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>es ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>it is not as it was scanned; scan its folder first</source>
        <translation>sie ist nicht mehr wie beim Durchsuchen; durchsuchen Sie zuerst ihren Ordner</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>sie ist nicht mehr da</translation>
    </message>
    <message>
        <source>it is read-only</source>
        <translation>sie ist schreibgeschützt</translation>
    </message>
    <message>
        <source>it is too large for that</source>
        <translation>es ist zu groß dafür</translation>
    </message>
    <message>
        <source>it needs the columns photo (or photo_hash), x, y, width, height and name</source>
        <translation>es braucht die Spalten photo (oder photo_hash), x, y, width, height und name</translation>
    </message>
    <message>
        <source>it says no version</source>
        <translation>es nennt keine Version</translation>
    </message>
    <message>
        <source>it was not made by this program</source>
        <translation>es stammt nicht von diesem Programm</translation>
    </message>
    <message>
        <source>its format would have changed more than the metadata</source>
        <translation>ihr Format hätte mehr geändert als die Metadaten</translation>
    </message>
    <message>
        <source>its name is not valid</source>
        <translation>ihr Name ist nicht gültig</translation>
    </message>
    <message>
        <source>its path would be too long there</source>
        <translation>ihr Pfad wäre dort zu lang</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>one input of 1 or n × 3 × {0} × {1} (or × {2} × {3} × 3) numbers of the type float32</source>
        <translation>eine Eingabe von 1 oder n × 3 × {0} × {1} (oder × {2} × {3} × 3) Zahlen vom Typ float32</translation>
    </message>
    <message>
        <source>process {0}, since {1}</source>
        <translation>Prozess {0}, seit {1}</translation>
    </message>
    <message>
        <source>rows of it belong to others that are not there</source>
        <translation>Zeilen darin gehören zu anderen, die fehlen</translation>
    </message>
    <message>
        <source>symbolic</source>
        <translation>symbolische</translation>
    </message>
    <message>
        <source>the application&apos;s settings</source>
        <translation>den Einstellungen des Programms</translation>
    </message>
    <message>
        <source>the disk does not take its name</source>
        <translation>der Datenträger nimmt ihren Namen nicht an</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>the library</source>
        <translation>der Bibliothek</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>diese Datei gibt es nicht</translation>
    </message>
    <message>
        <source>{0} became unreadable: {1}.</source>
        <translation>{0} wurde unlesbar: {1}.</translation>
    </message>
    <message>
        <source>{0} belongs to a library, and there is none.</source>
        <translation>{0} gehört zu einer Bibliothek, und es gibt keine.</translation>
    </message>
    <message>
        <source>{0} cannot be deleted: {1}.</source>
        <translation>{0} kann nicht gelöscht werden: {1}.</translation>
    </message>
    <message>
        <source>{0} cannot be read or written ({1}).</source>
        <translation>{0} kann nicht gelesen oder geschrieben werden ({1}).</translation>
    </message>
    <message>
        <source>{0} cannot be used: {1}.</source>
        <translation>{0} ist nicht zu verwenden: {1}.</translation>
    </message>
    <message>
        <source>{0} cannot hold reflinks to {1}: that takes one file system that can, such as Btrfs, XFS or APFS.</source>
        <translation>{0} kann keine Reflinks auf {1} enthalten: Dazu braucht es ein gemeinsames Dateisystem, das sie kennt, etwa Btrfs, XFS oder APFS.</translation>
    </message>
    <message>
        <source>{0} cannot hold {1} links to {2}: the system does not allow it.</source>
        <translation>{0} kann keine Verknüpfungen ({1}) auf {2} enthalten: Das System erlaubt es nicht.</translation>
    </message>
    <message>
        <source>{0} cannot hold {1} links to {2}: they are not on one file system that can.</source>
        <translation>{0} kann keine Verknüpfungen ({1}) auf {2} enthalten: Dazu braucht es ein gemeinsames Dateisystem, das sie kennt.</translation>
    </message>
    <message>
        <source>{0} could not be made: {1}.</source>
        <translation>{0} konnte nicht angelegt werden: {1}.</translation>
    </message>
    <message>
        <source>{0} could not be read: {1}.</source>
        <translation>{0} konnte nicht gelesen werden: {1}.</translation>
    </message>
    <message>
        <source>{0} could not be written: {1}.</source>
        <translation>{0} konnte nicht geschrieben werden: {1}.</translation>
    </message>
    <message>
        <source>{0} faces cannot be shown.</source>
        <translation>{0} Gesichter lassen sich nicht zeigen.</translation>
    </message>
    <message>
        <source>{0} is a file.</source>
        <translation>{0} ist eine Datei.</translation>
    </message>
    <message>
        <source>{0} is a folder of the library already.</source>
        <translation>{0} ist schon ein Ordner der Bibliothek.</translation>
    </message>
    <message>
        <source>{0} is a folder.</source>
        <translation>{0} ist ein Ordner.</translation>
    </message>
    <message>
        <source>{0} is damaged or not a library ({1}).</source>
        <translation>{0} ist beschädigt oder keine Bibliothek ({1}).</translation>
    </message>
    <message>
        <source>{0} is in the future.</source>
        <translation>{0} liegt in der Zukunft.</translation>
    </message>
    <message>
        <source>{0} is kept in the library, not in {1}.</source>
        <translation>{0} wird in der Bibliothek aufbewahrt, nicht in {1}.</translation>
    </message>
    <message>
        <source>{0} is kept in {1}.</source>
        <translation>{0} wird in {1} aufbewahrt.</translation>
    </message>
    <message>
        <source>{0} is left of a library whose {1} is gone.</source>
        <translation>{0} ist der Rest einer Bibliothek, deren {1} fort ist.</translation>
    </message>
    <message>
        <source>{0} is no ONNX model, or is damaged: expected {1}.</source>
        <translation>{0} ist kein ONNX-Modell oder beschädigt: erwartet {1}.</translation>
    </message>
    <message>
        <source>{0} is no YuNet detector: expected one input of 1 × 3 × height × width and the outputs cls, obj, bbox and kps for steps of 8, 16 and 32 pixels (YuNet of 2023 or later), found the outputs {1}.</source>
        <translation>{0} ist kein YuNet-Detektor: erwartet eine Eingabe von 1 × 3 × Höhe × Breite und die Ausgaben cls, obj, bbox und kps für Schritte von 8, 16 und 32 Pixeln (YuNet ab 2023), gefunden die Ausgaben {1}.</translation>
    </message>
    <message>
        <source>{0} is no date.</source>
        <translation>{0} ist kein Datum.</translation>
    </message>
    <message>
        <source>{0} is no kind of file that can be drawn.</source>
        <translation>{0} ist keine Art von Datei, die sich zeichnen lässt.</translation>
    </message>
    <message>
        <source>{0} is no list</source>
        <translation>{0} ist keine Liste</translation>
    </message>
    <message>
        <source>{0} is no list of an export that this version of the program knows.</source>
        <translation>{0} ist keine Liste eines Exports, die diese Version des Programms kennt.</translation>
    </message>
    <message>
        <source>{0} is no list of faces: {1}.</source>
        <translation>{0} ist keine Liste von Gesichtern: {1}.</translation>
    </message>
    <message>
        <source>{0} is no regular file.</source>
        <translation>{0} ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>{0} is no year.</source>
        <translation>{0} ist kein Jahr.</translation>
    </message>
    <message>
        <source>{0} is not a folder.</source>
        <translation>{0} ist kein Ordner.</translation>
    </message>
    <message>
        <source>{0} is not exported: {1}.</source>
        <translation>{0} wird nicht exportiert: {1}.</translation>
    </message>
    <message>
        <source>{0} is read-only</source>
        <translation>{0} ist schreibgeschützt</translation>
    </message>
    <message>
        <source>{0} is there already.</source>
        <translation>{0} ist schon da.</translation>
    </message>
    <message>
        <source>{0} is there by now.</source>
        <translation>{0} ist inzwischen da.</translation>
    </message>
    <message>
        <source>{0} lies in the library itself.</source>
        <translation>{0} liegt in der Bibliothek selbst.</translation>
    </message>
    <message>
        <source>{0} lies in {1}, which the library scans: what is exported would be found as duplicates.</source>
        <translation>{0} liegt in {1}, das die Bibliothek durchsucht: Was exportiert wird, würde als doppelt gefunden.</translation>
    </message>
    <message>
        <source>{0} lies inside {1}, which the library has already.</source>
        <translation>{0} liegt in {1}, das die Bibliothek schon hat.</translation>
    </message>
    <message>
        <source>{0} may not be written to.</source>
        <translation>{0} darf nicht beschrieben werden.</translation>
    </message>
    <message>
        <source>{0} reads back otherwise than it was written.</source>
        <translation>{0} liest sich anders zurück, als es geschrieben wurde.</translation>
    </message>
    <message>
        <source>{0} takes other inputs: expected {1}, found {2}.</source>
        <translation>{0} nimmt andere Eingaben: erwartet {1}, gefunden {2}.</translation>
    </message>
    <message>
        <source>{0} was added before, as “{1}”.</source>
        <translation>{0} wurde schon einmal hinzugefügt, als „{1}“.</translation>
    </message>
    <message>
        <source>{0} was made by a newer version of Face Organizer (its schema is {1}, this version knows {2}). It was left untouched.</source>
        <translation>{0} stammt von einer neueren Version von Face Organizer (Schema {1}, diese Version kennt {2}). Es wurde nicht angetastet.</translation>
    </message>
    <message>
        <source>{0} was made by a newer version of Face Organizer.</source>
        <translation>{0} stammt von einer neueren Version von Face Organizer.</translation>
    </message>
    <message>
        <source>{0} was not written to: {1}.</source>
        <translation>In {0} wurde nicht geschrieben: {1}.</translation>
    </message>
    <message>
        <source>{0} was written by a newer version of Face Organizer.</source>
        <translation>{0} wurde von einer neueren Version von Face Organizer geschrieben.</translation>
    </message>
    <message>
        <source>{0} “{1}” means going back to the library as it was {2} it: to the copy {3}. What scans found since is found again by the next scan.</source>
        <translation>{0} „{1}“ heißt, zur Bibliothek zurückzugehen, wie sie {2} diesem Schritt war: zur Kopie {3}. Was Suchen seither fanden, findet die nächste Suche wieder.</translation>
    </message>
    <message>
        <source>{{date:{0}}} is no form of a date.</source>
        <translation>{{date:{0}}} ist keine Form eines Datums.</translation>
    </message>
    <message>
        <source>{{index:{0}}} is no number of digits.</source>
        <translation>{{index:{0}}} ist keine Anzahl von Ziffern.</translation>
    </message>
    <message>
        <source>{{{0}}} takes no form after a colon.</source>
        <translation>{{{0}}} nimmt keine Form nach einem Doppelpunkt.</translation>
    </message>
    <message>
        <source>“spread” is {0}.</source>
        <translation>„spread“ ist {0}.</translation>
    </message>
    <message>
        <source>“{0}” is the program&apos;s own and cannot be removed.</source>
        <translation>„{0}“ gehört zum Programm und kann nicht entfernt werden.</translation>
    </message>
    <message>
        <source>“{0}” is {1}.</source>
        <translation>„{0}“ ist {1}.</translation>
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
    <name>faces_on_map</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
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
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Person</source>
        <translation>&amp;Person</translation>
    </message>
    <message>
        <source>F&amp;ace</source>
        <translation>&amp;Gesicht</translation>
    </message>
    <message>
        <source>Ph&amp;oto</source>
        <translation>F&amp;oto</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
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
