"""Sentences in seven languages, from which `bench.rewriting` makes texts and edits."""

ENGLISH = """
The projectionist keeps two reels on the shelf and never says which one is older.
Nobody in the third row noticed that the rain on the screen had stopped.
A woman in a grey coat counts the lamps along the harbour until she loses the number.
He learned the speech by heart and forgot it on the stairs.
The director liked long silences because they cost nothing.
Every summer the cinema by the bridge shows the same film to the same nine people.
Her voice arrives a moment before her face does.
Someone has written a telephone number on the wall behind the ticket desk.
The last shot lasts four minutes and contains one closed window.
They argued about the ending all the way to the tram.
A child asks why the train in the film is always late.
Critics praised the editing and misspelt the name of the editor.
In the second half the music disappears and nobody misses it.
The old print smells faintly of vinegar and oranges.
What looked like a mistake turned out to be the only honest scene.
My grandfather insisted that he had once carried a lamp for the crew.
"""
GERMAN = """
Der Vorführer bewahrt zwei Rollen im Regal auf und verrät nie, welche die ältere ist.
Niemand in der dritten Reihe bemerkte, dass der Regen auf der Leinwand aufgehört hatte.
Eine Frau im grauen Mantel zählt die Laternen am Hafen, bis sie sich verzählt.
Er lernte die Rede auswendig und vergaß sie auf der Treppe.
Der Regisseur mochte lange Pausen, weil sie nichts kosteten.
Jeden Sommer zeigt das Kino an der Brücke denselben Film denselben neun Leuten.
Ihre Stimme kommt einen Augenblick früher an als ihr Gesicht.
Jemand hat eine Telefonnummer an die Wand hinter der Kasse geschrieben.
Die letzte Einstellung dauert vier Minuten und enthält ein geschlossenes Fenster.
Über das Ende stritten sie auf dem ganzen Weg zur Straßenbahn.
Ein Kind fragt, warum der Zug im Film immer zu spät kommt.
In der zweiten Hälfte verschwindet die Musik, und keiner vermisst sie.
Die alte Kopie riecht schwach nach Essig und Orangen.
Was wie ein Fehler aussah, erwies sich als die einzige ehrliche Szene.
"""
FRENCH = """
Le projectionniste garde deux bobines sur l'étagère et ne dit jamais laquelle est la plus âgée.
Personne au troisième rang n'a remarqué que la pluie avait cessé à l'écran.
Une femme au manteau gris compte les réverbères du port jusqu'à perdre le fil.
Il avait appris le discours par cœur et l'oublia dans l'escalier.
Le réalisateur aimait les longs silences parce qu'ils ne coûtaient rien.
Chaque été, le cinéma près du pont montre le même film aux mêmes neuf personnes.
Sa voix arrive un instant avant son visage.
Quelqu'un a noté un numéro de téléphone sur le mur derrière la caisse.
Le dernier plan dure quatre minutes et contient une fenêtre fermée.
Ils se sont disputés au sujet de la fin jusqu'à l'arrêt du tramway.
Un enfant demande pourquoi le train du film est toujours en retard.
Dans la seconde moitié, la musique disparaît et personne ne la regrette.
La vieille copie sent légèrement le vinaigre et l'orange.
Ce qui semblait une erreur se révéla être la seule scène honnête.
"""
JAPANESE = """
映写技師は棚に二本のフィルムを置き、どちらが古いかを決して言わない。
三列目の誰も、スクリーンの雨がやんだことに気づかなかった。
灰色のコートの女は港の街灯を数え、やがて数を忘れる。
彼は台詞を暗記したが、階段で忘れてしまった。
監督は長い沈黙を好んだ、何の費用もかからないからだ。
橋のそばの映画館は毎年夏に同じ作品を同じ九人に見せる。
彼女の声は顔より一瞬早く届く。
切符売り場の裏の壁に誰かが電話番号を書いた。
最後のショットは四分間続き、閉じた窓が一つだけ映る。
結末について二人は電車の停留所まで言い争った。
後半になると音楽は消え、誰もそれを惜しまない。
古いプリントはかすかに酢とオレンジの匂いがする。
"""
CHINESE = """
放映员在架子上放着两卷胶片，从不说哪一卷更旧。
第三排没有人注意到银幕上的雨已经停了。
穿灰色大衣的女人数着港口的路灯，数到后来忘了数字。
他把台词背得很熟，却在楼梯上忘得一干二净。
导演喜欢长时间的沉默，因为沉默不花一分钱。
桥边的电影院每年夏天给同样的九个人放同一部电影。
她的声音总比她的脸早到一会儿。
有人在售票处后面的墙上写了一个电话号码。
最后一个镜头持续四分钟，里面只有一扇关着的窗。
他们为结局一路争吵到电车站。
到了后半部分音乐消失了，谁也不觉得可惜。
旧拷贝有一股淡淡的醋和橙子的味道。
"""
ARABIC = """
يحتفظ عامل العرض ببكرتين على الرف ولا يقول أبدا أيهما أقدم.
لم يلاحظ أحد في الصف الثالث أن المطر على الشاشة قد توقف.
امرأة بمعطف رمادي تعد مصابيح الميناء حتى تنسى العدد.
حفظ الخطاب عن ظهر قلب ثم نسيه على الدرج.
أحب المخرج الصمت الطويل لأنه لا يكلف شيئا.
كل صيف تعرض السينما قرب الجسر الفيلم نفسه على تسعة أشخاص.
يصل صوتها قبل وجهها بلحظة واحدة.
كتب أحدهم رقم هاتف على الجدار خلف شباك التذاكر.
تستمر اللقطة الأخيرة أربع دقائق وفيها نافذة مغلقة.
تجادلا حول النهاية طوال الطريق إلى محطة الترام.
تختفي الموسيقى في النصف الثاني ولا يفتقدها أحد.
تفوح من النسخة القديمة رائحة خل وبرتقال خفيفة.
"""
HEBREW = """
המקרין שומר שני גלילים על המדף ולא אומר אף פעם מי מהם ישן יותר.
איש בשורה השלישית לא הבחין שהגשם על המסך נפסק.
אישה במעיל אפור סופרת את הפנסים לאורך הנמל עד שהיא מתבלבלת.
הוא למד את הנאום בעל פה ושכח אותו במדרגות.
הבמאי אהב שתיקות ארוכות כי הן לא עלו כסף.
בכל קיץ מקרין הקולנוע ליד הגשר אותו סרט לאותם תשעה אנשים.
הקול שלה מגיע רגע לפני הפנים שלה.
מישהו רשם מספר טלפון על הקיר מאחורי הקופה.
הצילום האחרון נמשך ארבע דקות ובו חלון סגור אחד.
הם התווכחו על הסוף כל הדרך אל הרכבת.
בחצי השני המוזיקה נעלמת ואיש אינו מתגעגע אליה.
לעותק הישן יש ריח קל של חומץ ותפוזים.
"""
PROSE = {
    name: text.strip().splitlines()
    for name, text in {
        "en": ENGLISH,
        "de": GERMAN,
        "fr": FRENCH,
        "ja": JAPANESE,
        "zh": CHINESE,
        "ar": ARABIC,
        "he": HEBREW,
    }.items()
}
