"""Verdicts on some of the media, as Studio writes them: `x.jpg.xmp` beside `x.jpg`.

Written through `studio.media.sidecar`, so that the samples are what the program itself makes.
"""

from __future__ import annotations

from pathlib import Path

# (file, kept, stars, label, note); what is not listed has not been judged yet.
VERDICTS: tuple[tuple[str, bool | None, int | None, str | None, str | None], ...] = (
    ("xmas-89-01.jpg", True, 5, None, "This one. Start the reel on it."),
    ("xmas-89-02.jpg", True, 4, None, None),
    ("xmas-89-03.png", False, None, None, "Telly on the wall. Again."),
    ("xmas-89-04.jpg", False, 1, None, "shaky"),
    ("xmas-89-05.jpg", None, 3, "Yellow", "burnt out, but so were all of Nan's"),
    ("corner-shop-01.jpg", True, 4, None, None),
    ("corner-shop-02.jpg", True, 3, None, None),
    ("saturday-cartoons-01.jpg", None, 4, None, None),
    ("arcade-carpet-01.jpg", True, 5, None, None),
    ("arcade-carpet-02.jpg", True, 3, None, None),
    ("arcade-carpet-03.jpg", True, 4, None, None),
    ("good-scissors-01.jpg", True, 4, None, None),
    ("vhs-rewind-01.jpg", True, 4, None, None),
    ("vhs-rewind-02.jpg", True, None, None, None),
    ("vhs-rewind-03.mp4", True, 4, "Green", "opens the reel"),
    ("first-mixtape-01.webp", None, 4, None, None),
    ("school-dinner-01.jpg", True, 4, None, None),
    ("top-deck-01.jpg", True, 5, None, None),
)

# One file was described before, by another program: what it wrote must stay.
_OTHER = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmp:CreateDate="2026-11-05T21:14:00+00:00">
   <dc:subject>
    <rdf:Bag>
     <rdf:li>christmas</rdf:li>
     <rdf:li>front room</rdf:li>
    </rdf:Bag>
   </dc:subject>
   <dc:rights>
    <rdf:Alt>
     <rdf:li xml:lang="x-default">CC0</rdf:li>
    </rdf:Alt>
   </dc:rights>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""


def write(root: Path) -> None:
    """Writes the sidecars into the folder of the sample projects."""
    from studio.media.identity import identity
    from studio.media.sidecar import merge_verdict, sidecar_path
    from studio.media.verdict import Verdict

    for name, keep, stars, label, note in VERDICTS:
        media = root / "rewind-89" / "media" / name
        before = _OTHER.encode() if name == "xmas-89-01.jpg" else None
        verdict = Verdict(keep, stars, label, note)
        data = merge_verdict(before, verdict, identity=identity(media), where=name)
        Path(sidecar_path(str(media))).write_bytes(data)
