"""Make the four roles as groups, with what each may do."""

from django.db import migrations

ALL = ("add", "change", "delete", "view")
EDITORS = {
    "catalog": {
        # Nobody deletes what was received: a speech is withdrawn, a revision stays.
        "speech": ("add", "change", "view"),
        "speaker": ALL,
        "organisation": ALL,
        "source": ALL,
        "upload": ("view",),
        "revision": ("view",),
        "section": ("view",),
        "gap": ("view",),
        "speechalias": ("view",),
    },
    "themes": {
        "theme": ALL,
        "themeterm": ALL,
        "themepin": ALL,
        "sectiontheme": ("view",),
    },
    "slogans": {"slogan": ALL, "sloganvariant": ALL, "mention": ("view",)},
}
ADMINS = EDITORS | {
    "catalog": EDITORS["catalog"] | {"speech": ALL, "speechalias": ALL, "marker": ("view",)},
    "auth": {"user": ALL, "group": ("view",)},
}
ROLES = {"reader": {}, "clerk": {}, "editor": EDITORS, "admin": ADMINS}


def make_roles(apps, schema_editor):
    for name, rights in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.set(collect_permissions(apps, rights))


def collect_permissions(apps, rights):
    # Django makes permissions after all migrations have run, too late for this one.
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for app, models in rights.items():
        for model, actions in models.items():
            kind, _ = content_types.get_or_create(app_label=app, model=model)
            for action in actions:
                yield permissions.get_or_create(
                    codename=f"{action}_{model}",
                    content_type=kind,
                    defaults={"name": f"Can {action} {model}"},
                )[0]


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_initial"),
        ("themes", "0001_initial"),
        ("slogans", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
