import uuid

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('essays', '0001_initial'),
        ('readers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('spoiler', 'It gives the film away'), ('abuse', 'It attacks somebody'), ('spam', 'It advertises'), ('other', 'Something else')], max_length=7)),
                ('remark', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('was', models.PositiveBigIntegerField(null=True)),
            ],
            options={
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='Gloss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField(editable=False, null=True)),
                ('end', models.PositiveIntegerField(editable=False, null=True)),
                ('state', models.CharField(choices=[('kept', 'Kept'), ('moved', 'Moved'), ('changed', 'Changed'), ('orphaned', 'Orphaned')], db_index=True, default='kept', editable=False, max_length=8)),
                ('score', models.FloatField(default=1.0, editable=False)),
                ('candidates', models.JSONField(default=list, editable=False)),
                ('original_start', models.PositiveIntegerField(editable=False)),
                ('original_end', models.PositiveIntegerField(editable=False)),
                ('exact', models.TextField(blank=True, editable=False)),
                ('prefix', models.CharField(blank=True, editable=False, max_length=400)),
                ('suffix', models.CharField(blank=True, editable=False, max_length=400)),
                ('key', models.CharField(max_length=40)),
                ('source', models.TextField(help_text='Markdown: emphasis and links.', verbose_name='text')),
                ('html', models.TextField(editable=False)),
            ],
            options={
                'verbose_name_plural': 'glosses',
                'ordering': ['passage__number', 'start', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GlossChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('old_words', models.TextField(blank=True)),
                ('new_words', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('kept', 'Kept'), ('moved', 'Moved'), ('changed', 'Changed'), ('orphaned', 'Orphaned')], max_length=8)),
                ('score', models.FloatField()),
            ],
            options={
                'ordering': ['-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GlossLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('relation', models.CharField(choices=[('source', 'Source'), ('echo', 'Echo'), ('contrast', 'Contrast'), ('illustration', 'Illustration'), ('context', 'Context')], max_length=12)),
                ('reason', models.TextField()),
                ('phrase', models.TextField(blank=True, help_text='The words of that passage, if not all of it.')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalGloss',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('exact', models.TextField(blank=True, editable=False)),
                ('key', models.CharField(max_length=40)),
                ('source', models.TextField(help_text='Markdown: emphasis and links.', verbose_name='text')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical gloss',
                'verbose_name_plural': 'historical glosses',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalGlossLink',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('relation', models.CharField(choices=[('source', 'Source'), ('echo', 'Echo'), ('contrast', 'Contrast'), ('illustration', 'Illustration'), ('context', 'Context')], max_length=12)),
                ('reason', models.TextField()),
                ('phrase', models.TextField(blank=True, help_text='The words of that passage, if not all of it.')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical gloss link',
                'verbose_name_plural': 'historical gloss links',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalQuotation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('text', models.TextField()),
                ('speaker', models.CharField(blank=True, max_length=120)),
                ('place', models.CharField(blank=True, help_text='Where in the work: a page, a chapter, a timecode.', max_length=120)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical quotation',
                'verbose_name_plural': 'historical quotations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTheme',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=80)),
                ('definition', models.TextField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical theme',
                'verbose_name_plural': 'historical themes',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Load',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.JSONField()),
                ('at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='ModerationAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('approve', 'approved'), ('hide', 'hid'), ('block', 'blocked'), ('unblock', 'unblocked'), ('settle', 'settled a flag on')], max_length=7)),
                ('what', models.CharField(blank=True, help_text='As in “note 12”.', max_length=30)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField(editable=False, null=True)),
                ('end', models.PositiveIntegerField(editable=False, null=True)),
                ('state', models.CharField(choices=[('kept', 'Kept'), ('moved', 'Moved'), ('changed', 'Changed'), ('orphaned', 'Orphaned')], db_index=True, default='kept', editable=False, max_length=8)),
                ('score', models.FloatField(default=1.0, editable=False)),
                ('candidates', models.JSONField(default=list, editable=False)),
                ('original_start', models.PositiveIntegerField(editable=False)),
                ('original_end', models.PositiveIntegerField(editable=False)),
                ('exact', models.TextField(blank=True, editable=False)),
                ('prefix', models.CharField(blank=True, editable=False, max_length=400)),
                ('suffix', models.CharField(blank=True, editable=False, max_length=400)),
                ('body', models.TextField(blank=True, max_length=5000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('references', models.JSONField(blank=True, default=dict, editable=False)),
                ('standing', models.CharField(choices=[('waiting', 'waiting for approval'), ('shown', 'Shown'), ('hidden', 'hidden by a moderator')], default='waiting', max_length=7)),
                ('hidden_because', models.CharField(blank=True, max_length=300)),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Makes a repeated save harmless.', unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('colour', models.CharField(choices=[('amber', 'Amber'), ('rose', 'Rose'), ('green', 'Green'), ('blue', 'Blue')], default='amber', max_length=5)),
                ('audience', models.CharField(choices=[('private', 'only you'), ('public', 'anyone')], default='private', max_length=7)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('reply_count', models.PositiveIntegerField(default=0, editable=False)),
                ('stems', models.TextField(blank=True, editable=False)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='NoteChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('old_words', models.TextField(blank=True)),
                ('new_words', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('kept', 'Kept'), ('moved', 'Moved'), ('changed', 'Changed'), ('orphaned', 'Orphaned')], max_length=8)),
                ('score', models.FloatField()),
            ],
            options={
                'ordering': ['-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Promotion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('answer', models.CharField(choices=[('asked', 'waits for its author'), ('agreed', 'its author agreed'), ('declined', 'its author declined')], db_index=True, default='asked', editable=False, max_length=8)),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name': 'note to make a gloss of',
                'verbose_name_plural': 'notes to make glosses of',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Quotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('text', models.TextField()),
                ('speaker', models.CharField(blank=True, max_length=120)),
                ('place', models.CharField(blank=True, help_text='Where in the work: a page, a chapter, a timecode.', max_length=120)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(blank=True, max_length=5000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('references', models.JSONField(blank=True, default=dict, editable=False)),
                ('standing', models.CharField(choices=[('waiting', 'waiting for approval'), ('shown', 'Shown'), ('hidden', 'hidden by a moderator')], default='waiting', max_length=7)),
                ('hidden_because', models.CharField(blank=True, max_length=300)),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Makes a repeated save harmless.', unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name_plural': 'replies',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
            ],
            options={
                'verbose_name_plural': 'search entries',
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('definition', models.TextField()),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='flag',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='readers.reader'),
        ),
        migrations.AddField(
            model_name='formername',
            name='work',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='essays.work'),
        ),
        migrations.AddField(
            model_name='gloss',
            name='essay',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='glosses', to='essays.essay'),
        ),
        migrations.AddField(
            model_name='gloss',
            name='original',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='essays.passagerevision'),
        ),
        migrations.AddField(
            model_name='gloss',
            name='passage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='essays.passage'),
        ),
        migrations.AddField(
            model_name='glosschange',
            name='gloss',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='annotations.gloss'),
        ),
        migrations.AddField(
            model_name='glosschange',
            name='new_passage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='glosschange',
            name='old_passage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='glosschange',
            name='revision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='essays.revision'),
        ),
        migrations.AddField(
            model_name='glosslink',
            name='gloss',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='annotations.gloss'),
        ),
        migrations.AddField(
            model_name='glosslink',
            name='passage',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='glosslink',
            name='work',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='essays.work'),
        ),
        migrations.AddField(
            model_name='historicalgloss',
            name='essay',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='essays.essay'),
        ),
        migrations.AddField(
            model_name='historicalgloss',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalgloss',
            name='passage',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='historicalglosslink',
            name='gloss',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='annotations.gloss'),
        ),
        migrations.AddField(
            model_name='historicalglosslink',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalglosslink',
            name='passage',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='historicalglosslink',
            name='work',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='essays.work'),
        ),
        migrations.AddField(
            model_name='historicalquotation',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalquotation',
            name='passage',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='historicalquotation',
            name='work',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='essays.work'),
        ),
        migrations.AddField(
            model_name='historicaltheme',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='load',
            name='essay',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='load', to='essays.essay'),
        ),
        migrations.AddField(
            model_name='moderationact',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='moderationact',
            name='reader',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='readers.reader'),
        ),
        migrations.AddField(
            model_name='note',
            name='essay',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='essays.essay'),
        ),
        migrations.AddField(
            model_name='note',
            name='original',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='essays.passagerevision'),
        ),
        migrations.AddField(
            model_name='note',
            name='passage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='essays.passage'),
        ),
        migrations.AddField(
            model_name='note',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='readers.reader'),
        ),
        migrations.AddField(
            model_name='flag',
            name='note',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='annotations.note'),
        ),
        migrations.AddField(
            model_name='notechange',
            name='new_passage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='notechange',
            name='note',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='annotations.note'),
        ),
        migrations.AddField(
            model_name='notechange',
            name='old_passage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='notechange',
            name='revision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='essays.revision'),
        ),
        migrations.AddField(
            model_name='promotion',
            name='asked_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='promotion',
            name='gloss',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='promotion', to='annotations.gloss'),
        ),
        migrations.AddField(
            model_name='promotion',
            name='note',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='promotion', to='annotations.note'),
        ),
        migrations.AddField(
            model_name='quotation',
            name='passage',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='quotations', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='quotation',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quotations', to='essays.work'),
        ),
        migrations.AddField(
            model_name='historicalglosslink',
            name='quotation',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='annotations.quotation'),
        ),
        migrations.AddField(
            model_name='glosslink',
            name='quotation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='annotations.quotation'),
        ),
        migrations.AddField(
            model_name='formername',
            name='quotation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='annotations.quotation'),
        ),
        migrations.AddField(
            model_name='reply',
            name='note',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='annotations.note'),
        ),
        migrations.AddField(
            model_name='reply',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='readers.reader'),
        ),
        migrations.AddField(
            model_name='flag',
            name='reply',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='annotations.reply'),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='essay',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='essays.essay'),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='passage',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='essays.passage'),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='quotation',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.quotation'),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='theme',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.theme'),
        ),
        migrations.AddField(
            model_name='historicalglosslink',
            name='theme',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='annotations.theme'),
        ),
        migrations.AddField(
            model_name='glosslink',
            name='theme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='annotations.theme'),
        ),
        migrations.AddField(
            model_name='formername',
            name='theme',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='annotations.theme'),
        ),
        migrations.AddConstraint(
            model_name='gloss',
            constraint=models.UniqueConstraint(models.F('essay'), models.F('key'), name='gloss_key_is_its_own'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['reader', 'essay'], name='note_by_reader'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['passage', 'audience', 'standing', '-id'], name='note_by_passage'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(condition=models.Q(('deleted_at__isnull', False)), fields=['deleted_at'], name='note_to_purge'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(condition=models.Q(('deleted_at__isnull', False)), fields=['deleted_at'], name='reply_to_purge'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('note__isnull', False), ('reply', None)), models.Q(('note', None), ('reply__isnull', False)), _connector='OR'), name='flag_is_on_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.UniqueConstraint(models.F('note'), models.F('reader'), name='note_is_flagged_once_by_each'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.UniqueConstraint(models.F('reply'), models.F('reader'), name='reply_is_flagged_once_by_each'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('essay__isnull', False), ('passage', None), ('quotation', None), ('theme', None)), models.Q(('essay', None), ('passage__isnull', False), ('quotation', None), ('theme', None)), models.Q(('essay', None), ('passage', None), ('quotation', None), ('theme__isnull', False)), models.Q(('essay', None), ('passage', None), ('quotation__isnull', False), ('theme', None)), _connector='OR'), name='search_entry_is_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='glosslink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('passage', None), ('quotation', None), ('theme__isnull', False), ('work', None)), models.Q(('passage', None), ('quotation__isnull', False), ('theme', None), ('work', None)), models.Q(('passage', None), ('quotation', None), ('theme', None), ('work__isnull', False)), models.Q(('passage__isnull', False), ('quotation', None), ('theme', None), ('work', None)), _connector='OR'), name='gloss_link_points_to_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='formername',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quotation', None), ('theme__isnull', False), ('work', None)), models.Q(('quotation', None), ('theme', None), ('work__isnull', False)), models.Q(('quotation__isnull', False), ('theme', None), ('work', None)), _connector='OR'), name='former_name_is_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='formername',
            constraint=models.UniqueConstraint(models.F('slug'), condition=models.Q(('quotation', None), ('theme__isnull', False), ('work', None)), name='former_theme_is_one'),
        ),
        migrations.AddConstraint(
            model_name='formername',
            constraint=models.UniqueConstraint(models.F('slug'), condition=models.Q(('quotation', None), ('theme', None), ('work__isnull', False)), name='former_work_is_one'),
        ),
        migrations.AddConstraint(
            model_name='formername',
            constraint=models.UniqueConstraint(models.F('slug'), condition=models.Q(('quotation__isnull', False), ('theme', None), ('work', None)), name='former_quotation_is_one'),
        ),
    ]
