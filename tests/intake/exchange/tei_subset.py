"""Cut the TEI's own schema down to the elements that exports have, with their content models.

python -m tests.intake.exchange.tei_subset tei_all.rng    (from the TEI consortium's release)

The whole schema takes seven seconds to be made ready. All other elements are forbidden, and no
rule for those that are left is changed: what the subset takes, the whole schema takes, too.
tei_subset.rng beside this file comes from TEI P5 4.3.0, made available under BSD-2 and CC BY.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lxml import etree

USED = re.findall(
    r"\w+",
    """
TEI availability bibl body category catDesc classDecl correction date desc div edition
editionStmt editorialDecl encodingDesc extent fileDesc gap head hyphenation idno langUsage
language licence listOrg listPerson measure meeting name namespace normalization org orgName p
particDesc persName person profileDesc projectDesc publicationStmt publisher quotation resp
respStmt seg segmentation setting settingDesc sourceDesc tagUsage tagsDecl taxonomy
teiCorpus teiHeader term text title titleStmt u
""",
)
RNG = "{http://relaxng.org/ns/structure/1.0}"
SUBSET = Path(__file__).with_name("tei_subset.rng")


def cut(schema: etree._ElementTree) -> None:
    """Leave of a schema the elements in USED and what these ask for."""
    root = schema.getroot()
    for part in list(root.iter(etree.Element)):
        if not part.tag.startswith(RNG) and part.getparent() is not None:
            part.getparent().remove(part)
    for element in list(root.iter(f"{RNG}element")):
        if element.get("name") not in USED:
            element.getparent().replace(element, etree.Element(f"{RNG}notAllowed"))
    defined = {part.get("name"): part for part in root.findall(f"{RNG}define")}
    wanted, left = set(), [part for part in root if part.tag == f"{RNG}start"]
    while left:
        for asked in left.pop().iter(f"{RNG}ref"):
            if asked.get("name") not in wanted:
                wanted.add(asked.get("name"))
                left.append(defined[asked.get("name")])
    for name, part in defined.items():
        if name not in wanted:
            root.remove(part)


if __name__ == "__main__":
    schema = etree.parse(sys.argv[1], etree.XMLParser(remove_blank_text=True))
    cut(schema)
    schema.write(SUBSET, encoding="utf-8", pretty_print=False)
    print(SUBSET, SUBSET.stat().st_size)
