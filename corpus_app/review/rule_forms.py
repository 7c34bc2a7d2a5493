"""The form by which a rule is proposed."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from corpus_app.intake.models import RemovalRule
from corpus_app.text.chars import squeeze

FEWEST_SIGNS: Final = 2
MOST_SIGNS: Final = 2_000


class RuleForm(forms.ModelForm):
    """Words, what they count as, and where they are to be removed."""

    class Meta:
        model = RemovalRule
        fields = (
            "text", "kind", "whole_line", "source", "organisation", "file_name", "reason",
        )  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "text": _("逐字匹配，空格和换行不计。"),
            "whole_line": _("文字夹在句子中间时不动。"),
            "source": _("只用于这一来源的讲话；空着不限。"),
            "organisation": _("只用于这一单位的讲话；空着不限。"),
            "file_name": _("如 *.html 或 某站_*；空着不限。"),
        }

    def clean_text(self) -> str:
        """Refuse words too few or too many, and a rule that is there already."""
        text: str = self.cleaned_data["text"].strip()
        signs = squeeze(text)
        if len(signs) < FEWEST_SIGNS:
            raise forms.ValidationError(gettext("至少写两个字；一个字会在正文里到处误删。"))
        if len(signs) > MOST_SIGNS:
            message = gettext("规则最长 %(most)d 字；更长的内容请在校核页逐篇剔除。")
            raise forms.ValidationError(message % {"most": MOST_SIGNS})
        return text

    def clean(self) -> dict[str, Any]:
        """Refuse a rule that another one holds already."""
        cleaned = super().clean() or self.cleaned_data
        if "text" not in cleaned:
            return cleaned
        names = ("text", "whole_line", "source", "organisation", "file_name")
        others = RemovalRule.objects.exclude(state=RemovalRule.State.RETIRED)
        same = others.filter(**{name: cleaned.get(name) for name in names})
        other = same.exclude(pk=self.instance.pk).first()
        if other is not None:
            message = gettext("已有同样的规则（第 %(id)d 条，%(state)s）。")
            values = {"id": other.pk, "state": other.get_state_display()}
            raise forms.ValidationError(message % values)
        return cleaned
