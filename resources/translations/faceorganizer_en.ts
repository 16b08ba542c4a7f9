<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActionBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message numerus="yes">
        <source>%n file(s) need attention</source>
        <translation>
            <numerusform>%n file needs attention</numerusform>
            <numerusform>%n files need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message numerus="yes">
        <source>In a mirror or a collage they may be. This is about %n photo(s).</source>
        <translation>
            <numerusform>In a mirror or a collage they may be. This is about %n photo.</numerusform>
            <numerusform>In a mirror or a collage they may be. This is about %n photos.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{photos} as %n new file(s), {size}</source>
        <translation>
            <numerusform>{photos} as %n new file, {size}</numerusform>
            <numerusform>{photos} as %n new files, {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n there already</source>
        <translation>
            <numerusform>%n there already</numerusform>
            <numerusform>%n there already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to be removed</source>
        <translation>
            <numerusform>%n to be removed</numerusform>
            <numerusform>%n to be removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out: nobody with a folder is in them</source>
        <translation>
            <numerusform>%n left out: nobody with a folder is in it</numerusform>
            <numerusform>%n left out: nobody with a folder is in them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be exported</source>
        <translation>
            <numerusform>%n cannot be exported</numerusform>
            <numerusform>%n cannot be exported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message numerus="yes">
        <source>%n photo(s) and their faces are shown no more.</source>
        <translation>
            <numerusform>%n photo and its faces are shown no more.</numerusform>
            <numerusform>%n photos and their faces are shown no more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message numerus="yes">
        <source>%n without a name</source>
        <translation>
            <numerusform>%n without a name</numerusform>
            <numerusform>%n without a name</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>Look for people in %n folder(s)?</source>
        <translation>
            <numerusform>Look for people in %n folder?</numerusform>
            <numerusform>Look for people in %n folders?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapPlace</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message numerus="yes">
        <source>%n face(s) described</source>
        <translation>
            <numerusform>%n face described</numerusform>
            <numerusform>%n faces described</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message numerus="yes">
        <source>Who is on these %n face(s)?</source>
        <translation>
            <numerusform>Who is on this face?</numerusform>
            <numerusform>Who is on these %n faces?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PairLine</name>
    <message numerus="yes">
        <source>together in %n photo(s)</source>
        <translation>
            <numerusform>together in %n photo</numerusform>
            <numerusform>together in %n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PartsDialog</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PeoplePlace</name>
    <message numerus="yes">
        <source>Hidden (%n)</source>
        <translation>
            <numerusform>Hidden (%n)</numerusform>
            <numerusform>Hidden (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonDialog</name>
    <message numerus="yes">
        <source>Who is on the %n selected face(s)?</source>
        <translation>
            <numerusform>Who is on the selected face?</numerusform>
            <numerusform>Who is on the %n selected faces?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonPlace</name>
    <message numerus="yes">
        <source>%n more face(s) may be {name}</source>
        <translation>
            <numerusform>%n more face may be {name}</numerusform>
            <numerusform>%n more faces may be {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message numerus="yes">
        <source>Face data of %n face(s) was deleted.</source>
        <translation>
            <numerusform>Face data of %n face was deleted.</numerusform>
            <numerusform>Face data of %n faces was deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Profile</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPlace</name>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>%n left</numerusform>
            <numerusform>%n left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) settled.</source>
        <translation>
            <numerusform>%n face settled.</numerusform>
            <numerusform>%n faces settled.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) put off.</source>
        <translation>
            <numerusform>%n question put off.</numerusform>
            <numerusform>%n questions put off.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScanDialog</name>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>%n file could not be read</numerusform>
            <numerusform>%n files could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SimilarPlace</name>
    <message numerus="yes">
        <source>The largest of %n face(s) in {file}</source>
        <translation>
            <numerusform>The largest of %n face in {file}</numerusform>
            <numerusform>The largest of %n faces in {file}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StrangersDialog</name>
    <message numerus="yes">
        <source>%n group(s) will be hidden.</source>
        <translation>
            <numerusform>%n group will be hidden.</numerusform>
            <numerusform>%n groups will be hidden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) will stay.</source>
        <translation>
            <numerusform>%n group will stay.</numerusform>
            <numerusform>%n groups will stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ToAlbumDialog</name>
    <message numerus="yes">
        <source>%n photo(s) go into this album; a new name makes a new one.</source>
        <translation>
            <numerusform>%n photo goes into this album; a new name makes a new one.</numerusform>
            <numerusform>%n photos go into this album; a new name makes a new one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>YearButton</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Result</name>
    <message numerus="yes">
        <source>%n photo(s) are in {folder}.</source>
        <translation>
            <numerusform>%n photo is in {folder}.</numerusform>
            <numerusform>%n photos are in {folder}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written, {size}.</source>
        <translation>
            <numerusform>%n file written, {size}.</numerusform>
            <numerusform>%n files written, {size}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already.</source>
        <translation>
            <numerusform>%n was there already.</numerusform>
            <numerusform>%n were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed.</source>
        <translation>
            <numerusform>%n removed.</numerusform>
            <numerusform>%n removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out: nobody with a folder is in them.</source>
        <translation>
            <numerusform>%n left out: nobody with a folder is in it.</numerusform>
            <numerusform>%n left out: nobody with a folder is in them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>
%n not exported:</source>
        <translation>
            <numerusform>
%n not exported:</numerusform>
            <numerusform>
%n not exported:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>albums</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) with a name</source>
        <translation>
            <numerusform>%n face with a name</numerusform>
            <numerusform>%n faces with a name</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) to be drawn</source>
        <translation>
            <numerusform>%n face to be drawn</numerusform>
            <numerusform>%n faces to be drawn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%n known already</numerusform>
            <numerusform>%n known already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with names</source>
        <translation>
            <numerusform>%n photo with names</numerusform>
            <numerusform>%n photos with names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidecar(s)</source>
        <translation>
            <numerusform>%n sidecar</numerusform>
            <numerusform>%n sidecars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) written into</source>
        <translation>
            <numerusform>%n photo written into</numerusform>
            <numerusform>%n photos written into</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n as they should be</source>
        <translation>
            <numerusform>%n as it should be</numerusform>
            <numerusform>%n as they should be</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>extent</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n album(s)</source>
        <translation>
            <numerusform>%n album</numerusform>
            <numerusform>%n albums</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s)</source>
        <translation>
            <numerusform>%n setting</numerusform>
            <numerusform>%n settings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>faces_on_map</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foresight</name>
    <message numerus="yes">
        <source>%n group(s) would come apart</source>
        <translation>
            <numerusform>%n group would come apart</numerusform>
            <numerusform>%n groups would come apart</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be joined with others</source>
        <translation>
            <numerusform>%n would be joined with others</numerusform>
            <numerusform>%n would be joined with others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n single face(s) would find a group</source>
        <translation>
            <numerusform>%n single face would find a group</numerusform>
            <numerusform>%n single faces would find a group</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) would be left alone</source>
        <translation>
            <numerusform>%n face would be left alone</numerusform>
            <numerusform>%n faces would be left alone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>learning</name>
    <message numerus="yes">
        <source>There are %n confirmed face(s) to learn from.</source>
        <translation>
            <numerusform>There is %n confirmed face to learn from.</numerusform>
            <numerusform>There are %n confirmed faces to learn from.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>people</name>
    <message numerus="yes">
        <source>%n photo(s) together</source>
        <translation>
            <numerusform>%n photo together</numerusform>
            <numerusform>%n photos together</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>photos</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>remaining</name>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) left</source>
        <translation>
            <numerusform>%n hour left</numerusform>
            <numerusform>%n hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rules</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) or more</source>
        <translation>
            <numerusform>%n face or more</numerusform>
            <numerusform>%n faces or more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) at most</source>
        <translation>
            <numerusform>%n face at most</numerusform>
            <numerusform>%n faces at most</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>scan</name>
    <message numerus="yes">
        <source>%n new face(s)</source>
        <translation>
            <numerusform>%n new face</numerusform>
            <numerusform>%n new faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) moved to another group</source>
        <translation>
            <numerusform>%n face moved to another group</numerusform>
            <numerusform>%n faces moved to another group</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new photo(s)</source>
        <translation>
            <numerusform>%n new photo</numerusform>
            <numerusform>%n new photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) not connected</source>
        <translation>
            <numerusform>%n folder not connected</numerusform>
            <numerusform>%n folders not connected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) not there</source>
        <translation>
            <numerusform>%n photo not there</numerusform>
            <numerusform>%n photos not there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) could not be read</source>
        <translation>
            <numerusform>%n photo could not be read</numerusform>
            <numerusform>%n photos could not be read</numerusform>
        </translation>
    </message>
</context>
</TS>
