"""Who spoke, for which body, and where the text was found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Party(models.Model):
    """A name that many speeches share."""

    name = models.CharField(_("名称"), max_length=200, unique=True)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Speaker(Party):
    """A person who delivered a speech."""

    class Meta(Party.Meta):
        verbose_name = _("讲话人")
        verbose_name_plural = _("讲话人")


class Organisation(Party):
    """The body on whose behalf the text was written, such as a standing committee."""

    class Meta(Party.Meta):
        verbose_name = _("单位")
        verbose_name_plural = _("单位")


class Source(Party):
    """The site or publication that the file names as its source."""

    class Meta(Party.Meta):
        verbose_name = _("来源")
        verbose_name_plural = _("来源")
