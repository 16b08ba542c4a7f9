"""XMP packets as other programs write them, and exiftool as the oracle."""

import json
import shutil
import subprocess

import pytest

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
    "stArea": "http://ns.adobe.com/xmp/sType/Area#",
    "stDim": "http://ns.adobe.com/xap/1.0/sType/Dimensions#",
    "MP": "http://ns.microsoft.com/photo/1.2/",
    "MPRI": "http://ns.microsoft.com/photo/1.2/t/RegionInfo#",
    "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "acme": "http://acme.example/ns/1/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def packet(properties="", attributes=""):
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f"<rdf:RDF {DECLARED}>"
        f'<rdf:Description rdf:about="" {attributes}>{properties}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    ).encode()


def area(x, y, w, h):
    return f'<mwg-rs:Area stArea:x="{x}" stArea:y="{y}" stArea:w="{w}" stArea:h="{h}" stArea:unit="normalized"/>'


def mwg(*regions, size=(400, 300), kind="Bag"):
    """Regions of (name, type, centre x, y, width, height); size is None to leave it out."""
    listed = "".join(
        '<rdf:li><rdf:Description mwg-rs:Type="{}" {}>{}</rdf:Description></rdf:li>'.format(
            type_, f'mwg-rs:Name="{name}"' if name else "", area(*place)
        )
        for name, type_, *place in regions
    )
    dimensions = (
        f'<mwg-rs:AppliedToDimensions stDim:w="{size[0]}" stDim:h="{size[1]}" stDim:unit="pixel"/>' if size else ""
    )
    return (
        f'<mwg-rs:Regions rdf:parseType="Resource">{dimensions}<mwg-rs:RegionList><rdf:{kind}>{listed}</rdf:{kind}>'
        "</mwg-rs:RegionList></mwg-rs:Regions>"
    )


def microsoft(*regions):
    listed = "".join(
        f'<rdf:li rdf:parseType="Resource">{f"<MPReg:Rectangle>{rectangle}</MPReg:Rectangle>" if rectangle else ""}'
        f"<MPReg:PersonDisplayName>{name}</MPReg:PersonDisplayName></rdf:li>"
        for name, rectangle in regions
    )
    return (
        f'<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag>{listed}</rdf:Bag></MPRI:Regions>'
        "</MP:RegionInfo>"
    )


def bag(tag, *values):
    return f"<{tag}><rdf:Bag>{''.join(f'<rdf:li>{value}</rdf:li>' for value in values)}</rdf:Bag></{tag}>"


def exiftool(*arguments):
    """What exiftool prints; the test is skipped where it is not installed."""
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("needs exiftool as the oracle (Debian: libimage-exiftool-perl)")
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def exiftool_tags(path, *tags):
    """All XMP of a file, or some tags, as exiftool understands them: a dictionary with structures."""
    (said,) = json.loads(exiftool("-json", "-struct", "-G1", *(tags or ("-XMP:all",)), "-unknown", path))
    return {name: value for name, value in said.items() if name != "SourceFile"}
