"""What fingerprints share is kept in tables that are nothing but their key."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from corpus_app.intake.text_reuse.fingerprints import pack_sketch

AT_ONCE = 50
# Of 64 bits, whose first four are zero, 40 are kept.
DROPPED = 20
SIGNATURE = models.ForeignKey(
    db_constraint=False,
    db_index=False,
    on_delete=django.db.models.deletion.DO_NOTHING,
    related_name="+",
    to="intake.textsignature",
    verbose_name="正文指纹",
)


def move_parts(apps: Any, editor: Any) -> None:
    """Write the bands and the sampled shingles of each signature anew."""
    names = ("TextSignature", "SketchValue", "SignatureBand", "SampledShingle", "MinhashBand")
    signatures, values, bands, shingles, slices = (
        apps.get_model("intake", name).objects for name in names
    )
    last = 0
    while rows := list(signatures.filter(pk__gt=last).order_by("pk").only("pk")[:AT_ONCE]):
        for row in rows:
            last = row.pk
            found = values.filter(signature=last).values_list("value", flat=True)
            sketch = sorted({(value % 2**64) >> DROPPED for value in found})
            signatures.filter(pk=last).update(sketch=pack_sketch(sketch))
            shingles.bulk_create(shingles.model(signature_id=last, value=one) for one in sketch)
            kept = set(bands.filter(signature=last).values_list("band", "value"))
            slices.bulk_create(
                slices.model(signature_id=last, band=band, value=value) for band, value in kept
            )


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0008_packed_lines"),
    ]

    operations = [
        migrations.AddField(
            model_name="textsignature",
            name="sketch",
            field=models.BinaryField(default=b"", verbose_name="取样片段"),
        ),
        migrations.CreateModel(
            name="MinhashBand",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "value",
                        "band",
                        "signature",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("value", models.BigIntegerField(verbose_name="值")),
                ("band", models.PositiveSmallIntegerField(verbose_name="段")),
                ("signature", SIGNATURE.clone()),
            ],
            options={
                "verbose_name": "指纹分段",
                "verbose_name_plural": "指纹分段",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SampledShingle",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "value",
                        "signature",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("value", models.BigIntegerField(verbose_name="值")),
                ("signature", SIGNATURE.clone()),
            ],
            options={
                "verbose_name": "取样片段",
                "verbose_name_plural": "取样片段",
                "abstract": False,
            },
        ),
        migrations.RunPython(move_parts, migrations.RunPython.noop),
        migrations.DeleteModel(name="SignatureBand"),
        migrations.DeleteModel(name="SketchValue"),
    ]
