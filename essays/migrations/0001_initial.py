import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import essays.identifiers


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Essay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, validators=[essays.identifiers.refuse_reserved], verbose_name='address')),
                ('title', models.CharField(max_length=200)),
                ('dek', models.CharField(blank=True, max_length=300)),
                ('authors', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(default='en', help_text='As in en or pt-BR.', max_length=12, validators=[django.core.validators.RegexValidator('\\A[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*\\Z', 'Give the language by its code, as in en, de or pt-BR.')])),
                ('date', models.DateField(blank=True, help_text='When it first appeared, if known.', null=True)),
                ('licence', models.CharField(blank=True, max_length=200)),
                ('colour', models.CharField(default='#3b4a5a', max_length=7, validators=[django.core.validators.RegexValidator('\\A#[0-9a-fA-F]{6}\\Z', 'Give the colour as #rrggbb.')])),
                ('smart', models.BooleanField(default=False, help_text='Turn plain quotes and hyphens into “ ” and –.', verbose_name='smart typography')),
                ('veil_text', models.CharField(blank=True, max_length=200)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=9)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('publish_at', models.DateTimeField(blank=True, editable=False, help_text='When this draft is to be published.', null=True)),
                ('preview_token', models.CharField(blank=True, editable=False, max_length=64)),
                ('canonical_url', models.URLField(blank=True, help_text='The address of this text elsewhere, if it appeared there first. Search engines are told to prefer it.', max_length=300, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='first published at')),
                ('corrected_on', models.DateField(editable=False, null=True)),
                ('counter', models.PositiveBigIntegerField(default=0, editable=False)),
            ],
            options={
                'ordering': [models.OrderBy(models.F('published_at'), descending=True, nulls_last=True), '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalEssay',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, validators=[essays.identifiers.refuse_reserved], verbose_name='address')),
                ('title', models.CharField(max_length=200)),
                ('dek', models.CharField(blank=True, max_length=300)),
                ('authors', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(default='en', help_text='As in en or pt-BR.', max_length=12, validators=[django.core.validators.RegexValidator('\\A[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*\\Z', 'Give the language by its code, as in en, de or pt-BR.')])),
                ('date', models.DateField(blank=True, help_text='When it first appeared, if known.', null=True)),
                ('licence', models.CharField(blank=True, max_length=200)),
                ('colour', models.CharField(default='#3b4a5a', max_length=7, validators=[django.core.validators.RegexValidator('\\A#[0-9a-fA-F]{6}\\Z', 'Give the colour as #rrggbb.')])),
                ('smart', models.BooleanField(default=False, help_text='Turn plain quotes and hyphens into “ ” and –.', verbose_name='smart typography')),
                ('veil_text', models.CharField(blank=True, max_length=200)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=9)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('publish_at', models.DateTimeField(blank=True, editable=False, help_text='When this draft is to be published.', null=True)),
                ('canonical_url', models.URLField(blank=True, help_text='The address of this text elsewhere, if it appeared there first. Search engines are told to prefer it.', max_length=300, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='first published at')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical essay',
                'verbose_name_plural': 'historical essays',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalSite',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(blank=True, help_text='Empty: the name that the operator gave it.', max_length=60)),
                ('about_title', models.CharField(default='About', max_length=80, verbose_name='title')),
                ('about', models.TextField(blank=True, help_text='Markdown: headings, lists, links. The page is there once it has a text.', verbose_name='text')),
                ('imprint_title', models.CharField(default='Imprint', max_length=80, verbose_name='title')),
                ('imprint', models.TextField(blank=True, help_text='Markdown: headings, lists, links. The page is there once it has a text.', verbose_name='text')),
                ('privacy_title', models.CharField(default='Privacy', max_length=80, verbose_name='title')),
                ('privacy', models.TextField(blank=True, help_text='Markdown, shown below the list of what the site stores. Add who you are, where the server stands and how long you keep backups.', verbose_name='text')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical the site',
                'verbose_name_plural': 'historical the site',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalWork',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('film', 'Film'), ('book', 'Book'), ('series', 'Series')], default='film', max_length=8)),
                ('creator', models.CharField(blank=True, max_length=200)),
                ('credit', models.CharField(blank=True, help_text='As in “written and directed by Spike Jonze”.', max_length=200)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical work',
                'verbose_name_plural': 'historical works',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('prose', 'Prose'), ('heading', 'Heading'), ('film-line', 'film line'), ('book-excerpt', 'book excerpt'), ('epigraph', 'Epigraph'), ('figure', 'Figure')], default='prose', max_length=12)),
                ('runs_on', models.BooleanField(default=False, help_text='Leads straight into the next passage, as “she says:” does.')),
                ('source', models.TextField()),
                ('html', models.TextField(editable=False)),
                ('text', models.TextField(editable=False)),
                ('render_version', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('key', models.CharField(max_length=24, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9-]{1,23}\\Z', 'Use 2 to 24 small letters, digits and hyphens, beginning with a letter.'), essays.identifiers.refuse_reserved])),
                ('number', models.PositiveIntegerField(blank=True, help_text='Its place today; empty once it is retired.', null=True)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'ordering': ['essay', models.OrderBy(models.F('number'), nulls_last=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PassageRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('prose', 'Prose'), ('heading', 'Heading'), ('film-line', 'film line'), ('book-excerpt', 'book excerpt'), ('epigraph', 'Epigraph'), ('figure', 'Figure')], default='prose', max_length=12)),
                ('runs_on', models.BooleanField(default=False, help_text='Leads straight into the next passage, as “she says:” does.')),
                ('source', models.TextField()),
                ('html', models.TextField(editable=False)),
                ('text', models.TextField(editable=False)),
                ('render_version', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('version', models.PositiveIntegerField()),
                ('number', models.PositiveIntegerField(null=True)),
            ],
            options={
                'ordering': ['passage', '-version'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('origin', models.CharField(choices=[('site', 'Site'), ('file', 'File')], default='site', max_length=4)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, help_text='Empty: the name that the operator gave it.', max_length=60)),
                ('about_title', models.CharField(default='About', max_length=80, verbose_name='title')),
                ('about', models.TextField(blank=True, help_text='Markdown: headings, lists, links. The page is there once it has a text.', verbose_name='text')),
                ('about_html', models.TextField(editable=False)),
                ('imprint_title', models.CharField(default='Imprint', max_length=80, verbose_name='title')),
                ('imprint', models.TextField(blank=True, help_text='Markdown: headings, lists, links. The page is there once it has a text.', verbose_name='text')),
                ('imprint_html', models.TextField(editable=False)),
                ('privacy_title', models.CharField(default='Privacy', max_length=80, verbose_name='title')),
                ('privacy', models.TextField(blank=True, help_text='Markdown, shown below the list of what the site stores. Add who you are, where the server stands and how long you keep backups.', verbose_name='text')),
                ('privacy_html', models.TextField(editable=False)),
            ],
            options={
                'verbose_name': 'the site',
                'verbose_name_plural': 'the site',
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('film', 'Film'), ('book', 'Book'), ('series', 'Series')], default='film', max_length=8)),
                ('creator', models.CharField(blank=True, max_length=200)),
                ('credit', models.CharField(blank=True, help_text='As in “written and directed by Spike Jonze”.', max_length=200)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(default=django.utils.timezone.localdate)),
                ('source', models.TextField(help_text='Markdown: emphasis and links. It stands outside the veil, for everybody and for search engines: quote nothing that gives the film away.', verbose_name='what was corrected')),
                ('html', models.TextField(editable=False)),
                ('essay', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='essays.essay')),
            ],
            options={
                'ordering': ['-date', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='EssayWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('essay', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='essays.essay')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FormerAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('essay', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='essays.essay')),
            ],
            options={
                'verbose_name_plural': 'former addresses',
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCorrection',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('date', models.DateField(default=django.utils.timezone.localdate)),
                ('source', models.TextField(help_text='Markdown: emphasis and links. It stands outside the veil, for everybody and for search engines: quote nothing that gives the film away.', verbose_name='what was corrected')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('essay', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='essays.essay')),
            ],
            options={
                'verbose_name': 'historical correction',
                'verbose_name_plural': 'historical corrections',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='historicalcorrection',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalessay',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalsite',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalwork',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='passage',
            name='essay',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='essays.essay'),
        ),
        migrations.AddField(
            model_name='passage',
            name='leads_to',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='historicalessay',
            name='veil_after',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='essay',
            name='veil_after',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='passagerevision',
            name='passage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='revision',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='revision',
            name='essay',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='essays.essay'),
        ),
        migrations.AddField(
            model_name='passagerevision',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='essays.revision'),
        ),
        migrations.AddField(
            model_name='historicalessay',
            name='veil_work',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='essays.work'),
        ),
        migrations.AddField(
            model_name='essaywork',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='essays.work'),
        ),
        migrations.AddField(
            model_name='essay',
            name='veil_work',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='essays.work'),
        ),
        migrations.AddField(
            model_name='essay',
            name='works',
            field=models.ManyToManyField(related_name='essays', through='essays.EssayWork', to='essays.work'),
        ),
        migrations.AddIndex(
            model_name='passage',
            index=models.Index(models.F('essay'), models.F('number'), name='passage_place'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(models.F('essay'), models.F('key'), name='passage_key_is_its_own'),
        ),
        migrations.AddConstraint(
            model_name='passagerevision',
            constraint=models.UniqueConstraint(models.F('passage'), models.F('version'), name='version_is_its_own'),
        ),
        migrations.AddConstraint(
            model_name='essaywork',
            constraint=models.UniqueConstraint(models.F('essay'), models.F('work'), name='essay_is_about_a_work_once'),
        ),
        migrations.AddIndex(
            model_name='essay',
            index=models.Index(condition=models.Q(('publish_at__isnull', False)), fields=['publish_at'], name='essay_due'),
        ),
    ]
