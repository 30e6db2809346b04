"""The answers that `test_who_sees_what` expects for every URL.

Each line has a URL, then the answers to a GET and to a POST without a body: the status for
everybody, then for the roles that get another one. “!” means that something was written.
"""

TABLE = """
/ | 200 | 405
/favicon.ico | 302 | 405
/robots.txt | 200 | 405
/healthz | 200 | 405
/readyz | 200 | 405
/sitemap.xml | 200 | 405
/about/ | 404 | 405
/imprint/ | 404 | 405
/privacy/ | 200 | 405
/themes/ | 200 | 405
/themes/programming/ | 200 | 405
/themes/none/ | 404 | 405
/works/{work_slug}/ | 200 | 405
/works/none/ | 404 | 405
/quotations/{quotation}/ | 200 | 405
/quotations/{none}/ | 404 | 405
/glosses/{gloss}/ | 200 | 405
/glosses/{none}/ | 404 | 405
/search/?q=choice | 200 | 405
/search/?q=this | 200 | 405
/notebook/ | 200 | 405
/notebook/?order=newest&q=this | 200 | 405
/notebook/export/md/ | 302 guests=200 reader=200 other_reader=200 | 405
/notebook/export/json/ | 302 guests=200 reader=200 other_reader=200 | 405
/notebook/export/csv/ | 302 guests=200 reader=200 other_reader=200 | 405
/notebook/export/none/ | 404 | 405
/her/ | 200 | 405
/her/colour-{colour}.css | 200 | 405
/her/preview-{preview}.png | 200 | 405
/her/feed/ | 200 | 405
/her/themes/programming/ | 200 | 405
/her/1/ | 302 | 405
/her/opening/ | 200 | 405
/her/opening/versions/ | 200 | 405
/her/opening/write/ | 200 | 422
/her/opening/marks/0-20/ | 200 | 405
/salt-ledger/ | 404 desk=200 | 405
/salt-ledger/feed/ | 404 | 405
/salt-ledger/1/ | 404 desk=302 | 405
/salt-ledger/the-scale/ | 404 desk=200 | 405
/salt-ledger/the-scale/versions/ | 404 desk=200 | 405
/salt-ledger/the-scale/marks/0-20/ | 404 desk=200 | 405
/salt-ledger/the-scale/write/ | 404 desk=403 | same
/salt-ledger/preview/none/ | 404 | 405
/salt-ledger/preview/{token}/ | 302 | 405
/works/{draft_work}/ | 404 desk=200 | 405
/glosses/{draft_gloss}/ | 404 desk=200 | 405
/notes/{private.public_id}/ | 404 reader=200 | 405
/notes/{private.public_id}/edit/ | 404 reader=200 | 404 reader=422
/notes/{private.public_id}/delete/ | 404 reader=200 | 404 reader=303!
/notes/{private.public_id}/restore/ | 405 | 404 reader=303
/notes/{private.public_id}/audience/ | 404 reader=200 | 404 reader=422
/notes/{private.public_id}/words/ | 404 reader=200 | 404 reader=422
/notes/{private.public_id}/replies/ | 405 | 404 reader=422
/notes/{private.public_id}/flag/ | 404 | same
/notes/{private.public_id}/promotion/ | 404 | same
/notes/{guests.public_id}/ | 404 guest=200 | 405
/notes/{guests.public_id}/edit/ | 404 guest=200 | 404 guest=422
/notes/{guests.public_id}/delete/ | 404 guest=200 | 404 guest=303!
/notes/{guests.public_id}/restore/ | 405 | 404 guest=303
/notes/{guests.public_id}/audience/ | 404 guest=200 | 404 guest=422
/notes/{guests.public_id}/words/ | 404 guest=200 | 404 guest=422
/notes/{guests.public_id}/replies/ | 405 | 404 guest=422
/notes/{guests.public_id}/flag/ | 404 | same
/notes/{shown.public_id}/ | 200 | 405
/notes/{shown.public_id}/edit/ | 404 reader=200 | 404 reader=422
/notes/{shown.public_id}/delete/ | 404 reader=200 | 404 reader=303!
/notes/{shown.public_id}/restore/ | 405 | 404 reader=303
/notes/{shown.public_id}/audience/ | 404 reader=200 | 404 reader=422
/notes/{shown.public_id}/words/ | 404 reader=200 | 404 reader=422
/notes/{shown.public_id}/replies/ | 405 | 422
/notes/{shown.public_id}/flag/ | 200 reader=404 | 422 reader=404
/notes/{shown.public_id}/promotion/ | 404 reader=200 | 404 reader=422
/notes/{waiting.public_id}/ | 404 reader=200 | 405
/notes/{waiting.public_id}/edit/ | 404 reader=200 | 404 reader=422
/notes/{waiting.public_id}/delete/ | 404 reader=200 | 404 reader=303!
/notes/{waiting.public_id}/restore/ | 405 | 404 reader=303
/notes/{waiting.public_id}/audience/ | 404 reader=200 | 404 reader=422
/notes/{waiting.public_id}/words/ | 404 reader=200 | 404 reader=422
/notes/{waiting.public_id}/replies/ | 405 | 404 reader=422
/notes/{waiting.public_id}/flag/ | 404 | same
/notes/{hidden.public_id}/ | 404 reader=200 | 405
/notes/{hidden.public_id}/edit/ | 404 reader=200 | 404 reader=422
/notes/{hidden.public_id}/delete/ | 404 reader=200 | 404 reader=303!
/notes/{hidden.public_id}/restore/ | 405 | 404 reader=303
/notes/{hidden.public_id}/audience/ | 404 reader=200 | 404 reader=422
/notes/{hidden.public_id}/words/ | 404 reader=200 | 404 reader=422
/notes/{hidden.public_id}/replies/ | 405 | 404 reader=422
/notes/{hidden.public_id}/flag/ | 404 | same
/notes/{deleted.public_id}/ | 404 reader=200 | 405
/notes/{deleted.public_id}/edit/ | 404 | same
/notes/{deleted.public_id}/delete/ | 404 | 404 reader=303
/notes/{deleted.public_id}/restore/ | 405 | 404 reader=303!
/notes/{deleted.public_id}/audience/ | 404 | same
/notes/{deleted.public_id}/words/ | 404 | same
/notes/{deleted.public_id}/replies/ | 405 | 404 reader=422
/notes/{deleted.public_id}/flag/ | 404 | same
/notes/{none}/ | 404 | 405
/notes/{shown.public_id}/replies/{answer.public_id}/ | 200 | 405
/replies/{answer.public_id}/edit/ | 404 other_reader=200 | 404 other_reader=422
/replies/{answer.public_id}/delete/ | 404 other_reader=200 | 404 other_reader=303!
/replies/{answer.public_id}/restore/ | 405 | 404 other_reader=303
/replies/{answer.public_id}/flag/ | 200 other_reader=404 | 422 other_reader=404
/replies/{late.public_id}/edit/ | 404 other_reader=200 | 404 other_reader=422
/replies/{late.public_id}/delete/ | 404 other_reader=200 | 404 other_reader=303!
/replies/{late.public_id}/restore/ | 405 | 404 other_reader=303
/replies/{late.public_id}/flag/ | 404 | same
/accounts/ | 302 | same
/accounts/login/ | 200 accounts=302 | same
/accounts/logout/ | 302 accounts=200 | 302
/accounts/signup/ | 200 accounts=302 | same
/accounts/inactive/ | 200 | 405
/accounts/password/change/ | 302 accounts=200 | same
/accounts/profile/ | 302 accounts=200 | same
/accounts/everything/ | 200 nobody=302 | 405
/accounts/delete/ | 302 accounts=200 | same
/accounts/deleted/ | 200 | 405
/accounts/email/ | 404 | same
/accounts/email/sent/ | 404 | same
/accounts/email/none/ | 404 | same
/accounts/login/code/ | 404 | same
/accounts/login/code/confirm/ | 404 | same
/accounts/password/reset/ | 404 | same
/accounts/password/reset/sent/ | 404 | same
/accounts/password/reset/done/ | 404 | same
/accounts/password/reset/1-none/ | 404 | same
/admin/ | 302 desk=200 | same
/admin/login/ | 302 reader=403 other_reader=403 | 302 desk=200 reader=403 other_reader=403
/admin/logout/ | 302 desk=405 | 302 desk=200
/admin/password_change/ | 302 desk=200 | same
/admin/password_change/done/ | 302 desk=200 | 302 desk=405
/admin/autocomplete/ | 302 desk=403 | 302 desk=405
/admin/autocomplete/{flag_note} | 302 moderators=200 editor=403 | 302 desk=405
/admin/colour/?colour=%23c4432f | 302 desk=200 | 302 desk=405
/admin/colour/c4432f.css | 302 desk=200 | 302 desk=405
/admin/find/?kind=theme&q=choice | 302 desk=200 | 302 desk=405
/admin/find/?kind=none&q=choice | 302 desk=404 | 302 desk=405
/admin/jsi18n/ | 302 desk=200 | 302 desk=405
/admin/r/{note_type}/{private.pk}/ | 302 | same
/admin/annotations/ | 302 desk=200 | same
/admin/readers/ | 302 moderators=200 editor=404 | same
/admin/none/ | 302 desk=404 | same
/admin/annotations/gloss/worklist/?kind=all | 302 desk=403 editors=200 | 302 desk=403 editors=422
/admin/annotations/gloss/worklist/?kind=lost | 302 desk=403 editors=200 | same
/admin/annotations/gloss/words/?passage={passage} | 302 desk=403 editors=200 | 302 desk=405
/admin/annotations/gloss/targets/?essay={essay}&q=a | 302 desk=403 editors=200 | 302 desk=405
/admin/annotations/gloss/preview/ | 302 desk=405 | 302 desk=403 editors=200
/admin/annotations/gloss/{gloss}/reattach/ | 302 desk=403 editors=200 | 302 desk=403 editors=422
/admin/annotations/note/lost/ | 302 desk=403 editors=200 | 302 desk=405
/admin/annotations/note/{shown.pk}/place/ | 302 desk=403 editors=302 | 302 desk=403 editors=409
/admin/annotations/note/{private.pk}/place/ | 302 desk=403 editors=404 | 302 desk=403 editors=409
/admin/annotations/note/{waiting.pk}/place/ | 302 desk=403 editors=404 | 302 desk=403 editors=409
/admin/annotations/gloss/{gloss}/history/1/ | 302 desk=403 editors=200 | 302 moderator=403 editors=409
/admin/annotations/quotation/{quotation}/history/1/ | 302 desk=403 editors=200 | 302 moderator=403 editors=409
/admin/annotations/theme/{theme}/history/1/ | 302 desk=403 editors=200 | 302 moderator=403 editors=409
/admin/essays/essay/{essay}/history/1/ | 302 desk=403 editors=200 | 302 moderator=403 editors=409
/admin/essays/work/{work}/history/1/ | 302 desk=403 editors=200 | 302 moderator=403 editors=409
/admin/essays/site/1/history/1/ | 302 desk=403 editors=404 | same
/admin/annotations/note/?queue=all&q=this | 302 moderators=200 editor=403 | same
/admin/annotations/note/?_popup=1&queue=all | 302 moderators=200 editor=403 | same
/admin/annotations/reply/?queue=all | 302 moderators=200 editor=403 | same
/admin/annotations/note/{private.pk}/change/ | 302 editor=403 | 302 editor=403 moderators=409
/admin/annotations/note/{private.pk}/history/ | 302 editor=403 | same
/admin/annotations/note/{private.pk}/delete/ | 302 desk=403 | same
/admin/annotations/note/{guests.pk}/change/ | 302 editor=403 | 302 editor=403 moderators=409
/admin/annotations/note/{waiting.pk}/change/ | 302 moderators=200 editor=403 | 302 editor=403 moderators=409
/admin/annotations/note/{hidden.pk}/change/ | 302 moderators=200 editor=403 | 302 editor=403 moderators=409
/admin/annotations/note/{deleted.pk}/change/ | 302 editor=403 | 302 editor=403 moderators=409
/admin/annotations/reply/{late.pk}/change/ | 302 moderators=200 editor=403 | 302 editor=403 moderators=409
/admin/annotations/promotion/ | 302 desk=403 editors=200 | same
/admin/annotations/promotion/add/ | 302 desk=403 | same
/admin/annotations/promotion/add/?note={private.public_id} | 302 desk=403 editors=404 | same
/admin/annotations/promotion/add/?note={waiting.public_id} | 302 desk=403 editors=404 | same
/admin/annotations/promotion/add/?note={shown.public_id} | 302 moderator=403 | same
/admin/annotations/promotion/{promotion}/change/ | 302 desk=403 editors=200 | 302 desk=403 editors=409
/admin/annotations/promotion/{promotion}/history/ | 302 desk=403 editors=200 | same
/admin/annotations/promotion/{promotion}/delete/ | 302 desk=403 | same
/admin/annotations/promotion/{promotion}/ | 302 | same
/admin/essays/essay/{essay}/publish/ | 302 desk=403 editors=200 | 302 desk=403 editors=409
/admin/essays/essay/{essay}/schedule/ | 302 desk=403 editors=200 | 302 desk=403 editors=409
/admin/essays/essay/{essay}/unschedule/ | 302 desk=403 editors=200 | 302 desk=403 editors=409
/admin/essays/essay/{essay}/unpublish/ | 302 desk=403 editors=200 | 302 desk=403 editors=409
/admin/essays/essay/{essay}/preview/ | 302 desk=403 editors=200 | 302 desk=405
/admin/essays/essay/{essay}/preview/make/ | 302 desk=405 | 302 desk=403 editors=409
/admin/essays/essay/{essay}/preview/withdraw/ | 302 desk=405 | 302 desk=403 editors=409
/admin/essays/essay/add/text/ | 302 moderator=403 | 302 moderator=403 editors=200
/admin/essays/essay/add/passages/ | 302 moderator=403 | 302 moderator=403 editors=200
/admin/essays/essay/add/draft/ | 302 moderator=403 | 302 moderator=403 editors=422
/admin/essays/site/ | 302 | same
/admin/essays/site/add/ | 302 desk=403 | same
/admin/essays/site/1/ | 302 | same
/admin/essays/site/1/change/ | 302 desk=200 | 302 moderator=403 editors=409
/admin/essays/site/1/history/ | 302 desk=200 | same
/admin/essays/site/1/delete/ | 302 desk=403 | same
/admin/essays/essay/{essay}/passages/ | 302 desk=200 | 302 desk=403 editors=422
/admin/essays/essay/{essay}/passages/new/ | 302 desk=403 editors=200 | 302 desk=403 editors=422
/admin/essays/essay/{essay}/passages/preview/ | 302 desk=405 | 302 desk=403 editors=200
/admin/essays/essay/{essay}/passages/typography/ | 302 desk=405 | 302 desk=403 editors=409
/admin/essays/passage/{passage}/split/ | 302 desk=403 editors=200 | 302 desk=403 editors=422
/admin/essays/passage/{passage}/merge/ | 302 desk=405 | 302 desk=403 editors=422
/admin/essays/passage/{passage}/cut/ | 302 desk=405 | 302 desk=403 editors=422
/admin/essays/passage/{passage}/bring-back/ | 302 desk=405 | 302 desk=403 editors=422
/admin/essays/passage/{passage}/move/ | 302 desk=405 | 302 desk=403 editors=422
/admin/essays/passage/{passage}/versions/1/bring-back/ | 302 desk=405 | 302 desk=403 editors=422
/admin/annotations/nothing/{none}/ | 302 desk=404 | same
"""

# Who may (v)iew, (c)hange, (a)dd and (d)elete at the desk, by model and the id of an example;
# (x) is for objects in use, whose deletion is refused, and which can be merged.
# An empty form is (s)aved without a change, (w)ritten, or refused as (i)ncomplete. (h): the history
# is on another page, and redirects there. (b): adding means importing a text.
DESK = """
annotations/gloss | {gloss} | - moderator=v editor=viad superuser=viad
annotations/quotation | {quotation} | - moderator=v editor=vcax superuser=vcax
annotations/theme | {theme} | - moderator=v editor=vcax superuser=vcax
annotations/note | {shown.pk} | - moderators=vsh
annotations/reply | {answer.pk} | - moderators=vsh
annotations/flag | {flag} | - moderators=v
annotations/moderationact | {act} | - moderators=v
essays/essay | {essay} | - moderator=v editor=vcab superuser=vcab
essays/passage | {passage} | - moderator=v editor=vi superuser=vi
essays/work | {work} | - moderator=v editor=vcax superuser=vcax
readers/reader | {reader} | - moderators=v
auth/group | {group} | - superuser=vcad
account/emailaddress | {email} | - superuser=vcad
"""
