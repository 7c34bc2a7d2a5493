"""What is kept: uploads, speeches with their revisions, outlines and gaps."""

from corpus_app.catalog.models.change import SpeechChange
from corpus_app.catalog.models.kinship import Kinship
from corpus_app.catalog.models.lease import Lease
from corpus_app.catalog.models.marker import Marker
from corpus_app.catalog.models.outline import Gap, Section
from corpus_app.catalog.models.parties import Organisation, Source, Speaker
from corpus_app.catalog.models.speech import Revision, Speech, SpeechAlias
from corpus_app.catalog.models.upload import Upload

__all__ = [
    "Gap",
    "Kinship",
    "Lease",
    "Marker",
    "Organisation",
    "Revision",
    "Section",
    "Source",
    "Speaker",
    "Speech",
    "SpeechAlias",
    "SpeechChange",
    "Upload",
]
