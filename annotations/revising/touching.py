from django.db.models import Q

from annotations import search
from essays.models import Essay


def touch(*essays: Essay, works=(), themes=(), quotations=()) -> None:
    """Count a change on every essay whose pages may show it.

    That is the essays themselves, those whose glosses point into them, and those that are about
    or point to the works, themes and quotations named. The search learns of it, too, so everything
    must be saved by now.
    """
    shows = Q(pk__in=[essay.pk for essay in essays])
    shows |= Q(glosses__links__passage__essay__in=essays)
    shows |= Q(glosses__links__quotation__passage__essay__in=essays)
    shows |= Q(works__in=works) | Q(glosses__links__work__in=works)
    shows |= Q(glosses__links__quotation__work__in=works)
    shows |= Q(passages__quotations__work__in=works)
    shows |= Q(glosses__links__theme__in=themes)
    shows |= Q(glosses__links__quotation__in=quotations) | Q(passages__quotations__in=quotations)
    Essay.objects.filter(pk__in=Essay.objects.filter(shows).values("pk")).touch()
    search.index(*essays, works=works, themes=themes, quotations=quotations)
