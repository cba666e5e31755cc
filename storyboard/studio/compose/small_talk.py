"""What is said at every meeting and belongs into no film: greetings, farewells, adverts, asides.

Knows nine languages, and of each what hosts, teachers and conferences really say. Words that a
talk may be about, as "subscribe" and "register", count only where somebody is asked to do it.
"""

from __future__ import annotations

import re
from typing import Final

_ENGLISH: Final = r"""
^\W*hello|hello (?:again|all|and|everyone|everybody|there|to)
|hi (?:everyone|everybody|all|there|guys)|hey (?:everyone|guys|folks)
|good (?:morning|afternoon|evening)|welcome(?: back)?(?: to| everyone|[,.!])|warm welcome|thank you
|thanks? (?:so much|very much|everyone|everybody|all|a lot|again|to all)
|thanks for (?:having|watching|listening|joining|coming|your|being|inviting|tuning)|many thanks
|can (?:you|everyone|everybody) (?:all )?(?:hear|see) (?:me|us|my|the screen)
|you(?:(?:'|’)re| are) (?:still )?on mute|(?:share|sharing) (?:my|the) screen|unmute
|is this (?:thing )?on\?|one (?:second|moment)(?:,|\.| please)|just a (?:second|moment|minute)
|bear with me|let(?:'|’)?s (?:get started|wait)|wait a minute for
|before we (?:start|begin|finish|go)|any (?:more |other )?questions|anything else from
|(?:questions?|it|them|that|links?|answers?|comments?|something) in(?:to)? the (?:chat|q ?& ?a)
|next slide|repeat that|say that again|see you|goodbye|bye-bye|bye[.!]|coffee break|restrooms?
|short break|have a (?:nice|great|good|lovely) (?:day|weekend|evening|rest|week|one)
|(?:i was|i(?:'|’)m|am|were|was) (?:still )?on mute
|^\W*(?:(?:yes|yep|yeah|ok|okay)\W+)?loud and clear\W*$
|^\W*(?:excuse me|sorry about that|(?:good|great) (?:point|question))\W*$
|you(?:(?:'|’)re| are) breaking up|you froze
|(?:share|see|seeing) your screen|any other business|(?:can|do) you (?:all )?see it\?
|i(?:(?:'|’)d| would) like to (?:thank|welcome|introduce)|please subscribe
|subscribe (?:and|now|below|today)
|subscribe to (?:our|my|this|the) (?:channel|podcast|newsletter|show|feed)|hit the (?:bell|like)
|like button|leave (?:us |me )?a (?:comment|review|like)|(?:rate|review) us|five stars
|follow (?:us|me) on|links? (?:is |are )?(?:in the (?:chat|description|comments|show notes)|below)
|in the description (?:below|box)|(?:^|please |and |, )sign up
|(?:^|please |and |, )register (?:now|today|at|for)
|(?:^|please |and |, )visit (?:us at|our (?:website|page|booth|site|shop))
|(?:^|please |and |also )check out (?:our|my|the (?:link|website|description|video))
|wherever you (?:get|listen)|find (?:me|us) (?:on|at)
|find more (?:information|details|about)[\w ]{0,20} (?:on|at) our|(?:promo|discount) code
|use the code|brought to you by|sponsored by|our sponsors?
|that(?:(?:'|’)s| is) (?:all|it) (?:for (?:today|now|tonight|this)|we have|from)
|so that(?:(?:'|’)s| is) it|until next (?:time|week)|stay tuned
|don(?:'|’)t forget to (?:subscribe|like|share|rate|follow|sign)|hand in (?:the|your)|read chapter
|being recorded|the recording (?:goes|will be (?:on|shared|available|posted))
|(?:give|big)[\w ]{0,20}(?:round of applause|hand for)|breakout rooms?|last talk of the day
|out of time
"""
_GERMAN: Final = r"""
guten (?:morgen|tag|abend)|herzlich willkommen|willkommen (?:zu|zur|zum|bei|auf|zurück)|hallo
|danke (?:schön|sehr|für|dass|euch|ihnen|an alle)|danke[.!,]
|(?:vielen|herzlichen|besten|schönen) dank|bedanken?|auf wiedersehen|tschüss?
|bis (?:zum nächsten mal|bald|dann\W|nächste woche)|ich höre (?:sie|dich|euch)
|schönen (?:tag|abend|feierabend) noch|mich (?:alle )?(?:gut )?(?:hören|sehen)\W*$|fangen wir an
|(?:hört|seht|hören sie|sehen sie) (?:ihr )?(?:mich|meinen bildschirm|es jetzt)\W*$
|(?:war|bist|sind|bin) (?:noch |immer noch )?(?:stumm|auf mute)
|^\W*(?:entschuldigung|entschuldigt|gute frage|laut und deutlich)\W*$
|bildschirm (?:teilen|freigeben)|stummgeschaltet|stumm geschaltet|gibt es (?:noch )?fragen
|(?:haben sie|habt ihr) (?:noch )?fragen|fragen (?:in den|im) chat|ein abo\b|abo da
|in die kommentare|kommentar da|abonnier(?:en sie|e|t) (?:uns|den|unseren|meinen|diesen)|die glocke
|daumen (?:nach oben|hoch)|(?:unserem|unseren|zum|den) newsletter
|link (?:dazu )?(?:in der (?:beschreibung|infobox)|unter dem video|im chat)
|folg(?:t|en sie) (?:uns|mir)|jetzt anmelden|besuch(?:en sie|t) (?:uns|unsere (?:web)?seite)
|gesponsert von|rabattcode|^\W*einen (?:kleinen )?moment|kleinen moment|kaffeepause
|(?:sitzung|webinar|veranstaltung|treffen) wird aufgezeichnet
"""
_FRENCH: Final = r"""
bonjour|bonsoir|salut (?:à|tout)|bienvenue|soyez les bienvenus|(?<!la )merci|au revoir|à bientôt
|à la prochaine|bonne (?:journée|soirée) (?:à|et)|bonne (?:journée|soirée)\W*$
|(?:m'|vous me |tu me )(?:entend(?:ez|ent)|recevez)|(?:des|vos|d'autres) questions ?\?
|(?:micro|son) (?:était|est) (?:coupé|en muet)|(?:étais|êtes|es) (?:encore )?en muet
|voyez[- ]vous mon écran|^\W*(?:excusez[- ]moi|pardon|bonne question)\W*$
|avez[- ]vous des questions|partager? (?:mon|l')\s?écran|partager la vidéo|abonnez[- ]vous
|abonne-toi|n'oubliez pas de (?:vous abonner|liker|partager)|mettez un (?:pouce|like)
|laissez (?:un|vos) commentaires?
|lien (?:est )?(?:en description|dans la description|sous la vidéo|dans le chat)
|suivez[- ](?:nous|moi) sur|inscrivez[- ]vous|rendez-vous sur (?:notre|le site)|sponsorisé
|code promo|une petite seconde|^\W*un instant|(?:séance|réunion|session|conférence) est enregistrée
"""
_SPANISH: Final = r"""
hola|bienvenid[oa]s?|gracias(?! a (?:la|los|las|el|su|un|una|que|est[ea])\b)|buenos d[ií]as
|buenas (?:tardes|noches)|(?:me|nos) (?:oyen|escuchan|oís)
|(?:estaba|estás|está) (?:en silencio|silenciad[oa]|en mute)
|(?:ven|veis) mi pantalla|^\W*(?:perdón|disculpen?|buena pregunta)\W*$
|tienen (?:alguna )?preguntas?\W*$
|(?:alguna|hay) preguntas?\W*$|compartir (?:la|mi) pantalla|^\W*un momento
|hasta (?:la próxima|luego|pronto|mañana)|adiós|suscr[ií]b(?:ete|anse|ase|íos|irte|irse)
|dale (?:a )?(?:me gusta|like)|la campanita|en la descripción
|deja(?:d|n|me)? (?:un|tu|tus) comentarios?|síg(?:ueme|uenos|annos)|inscríb(?:ete|ase|anse)
|reg[ií]str(?:ate|ese|ense)|visita nuestr[ao] (?:web|página|canal|sitio)|patrocinad[oa] por
|código (?:de descuento|promocional)|no olvid(?:es|en|éis) (?:suscribir|dar|compartir)
|buen fin de semana|nos vemos (?:el|la|en|pronto|mañana)|un abrazo
"""
_ITALIAN: Final = r"""
buon(?:giorno|asera| pomeriggio)|ciao(?: a tutti)?\W*$|ciao a tutti|benvenut[oaie]
|grazie(?! (?:a|al|alla|all['’]|ai|agli|alle|allo)\b)|grazie a tutti|arrivederci|alla prossima
|ci vediamo|mi sentite|(?:vedete|si vede) (?:il mio |lo )schermo
|condivid[oe]re? (?:il mio |lo )?schermo
|(?:ero|sei|siete) (?:in|col|con il) (?:muto|microfono (?:spento|chiuso))|avete domande
|ci sono domande
|iscriv(?:iti|etevi)|lascia(?:te)? un (?:commento|like)|mett(?:i|ete) (?:un )?(?:mi piace|like)
|in descrizione|sponsorizzat[oa] da|codice sconto|non dimentica(?:te|re|rti) di (?:iscriver|lasciar)
|^\W*(?:un attimo|scusate|scusa|bella domanda)\W*$|buona (?:giornata|serata)\W*$
|(?:riunione|sessione|lezione) (?:è|viene) registrata
"""
_PORTUGUESE: Final = r"""
bom dia|boa (?:tarde|noite)(?: a todos|,|\W*$)|olá|oi(?: gente| pessoal|\W*$)|bem-vind[oa]s?
|(?:muito )?obrigad[oa]s?(?! (?:a|ao|à|por lei|que)\b)|até (?:logo|breve|à próxima|a próxima|amanhã)
|tchau|adeus|consegu(?:em|e|es) (?:me )?(?:ouvir|ver)|(?:estão|está) (?:me )?(?:ouvindo|a ouvir)
|partilhar (?:o meu |a minha )?(?:ecrã|tela)|compartilhar (?:a minha |minha |a )?tela
|(?:estava|estás|está) (?:no mudo|em mudo|sem som|(?:com o )?microfone (?:desligado|fechado))
|(?:estava|estás|está) com o microfone (?:desligado|fechado)
|(?:têm|tem|há|alguma) (?:alguma )?(?:pergunta|dúvida)s?\W*$|inscrev(?:a-se|am-se|e-te)|subscrevam?
|deix(?:e|em|a) (?:o )?(?:seu |vosso |teu |um )?(?:like|gosto|comentário)|na descrição
|ativ(?:e|em) o sininho
|patrocinad[oa] por|código de desconto
|não (?:se )?esqueçam? de (?:se )?(?:inscrever|subscrever|deixar)
|^\W*(?:um momento|só um momento|desculpem?|com licença|boa pergunta)\W*$
|(?:reunião|sessão|aula) (?:está a ser|está sendo|será|é) gravada|bom fim de semana
"""
_ASIAN: Final = (
    "こんにちは|おはようございます|こんばんは|ありがとうござい|よろしくお願い"
    "|お願いいたします|またお会い|お会いしましょう|さようなら|チャンネル登録|高評価|概要欄"
    "|ご参加いただ|ご覧いただ|聞こえますか|画面を共有|ご質問|質問はあります|ミュートを"
    "|ミュートに|本日はお忙しい|大家好|你好|您好|欢迎收看|欢迎来到|欢迎大家|谢谢"
    "|感谢(?:大家|收看|您|各位)|再见|订阅(?:我们|本|频道)|请订阅|点赞|关注我们|听得到"
    "|听得见|看得到我|共享屏幕|有什么问题|有没有问题|안녕하세요|환영합니다|감사합니다"
    "|고맙습니다|안녕히|다음에 (?:또|만나)|구독(?:과|하|을)|알림 설정|들리시나요"
    "|화면(?:을)? 공유|질문 (?:있으|있나)"
)
_SMALL_TALK: Final = re.compile(
    rf"(?:(?<!\w)(?:{_ENGLISH}|{_GERMAN}|{_FRENCH}|{_SPANISH}|{_ITALIAN}"
    rf"|{_PORTUGUESE})(?!\w)|{_ASIAN})".replace("\n", ""),
    re.IGNORECASE,
)
_ABOUT_ITSELF: Final = re.compile(
    r"\b(?:my name is|(?:i(?:'m| am)|what we(?:(?:'|’)re| are)) (?:gonna|going to)"
    r"|let me (?:just )?(?:talk|start|begin|move|show|say|be)"
    r"|let us talk|let(?:'|’)s talk|moving on to|as i said|mein name ist|ich heiße|wie gesagt"
    r"|ich möchte ihnen|je m'appelle|je vais vous|comme je (?:l'ai|le) dis|me llamo|mi nombre es"
    r"|voy a|como (?:ya )?dije)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"https?:|www\.|\b[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_LONGEST: Final = 240
"""Characters of a greeting: a longer sentence says something as well."""

_CRUMB_WORDS: Final = (
    "yes|yeah|yep|yup|no|nope|ok|okay|o\\.k\\.|right|sure|exactly|great|good|cool|nice|wow"
    "|perfect|awesome|approved|agreed|loud and clear|excuse me|absolutely|definitely|correct|true"
    "|fine|alright|all right|got it"
    "|i see|mhm|uh-huh|hmm?|oh|ah|so|well|now|thanks|please|interesting|indeed|of course"
    "|fair enough|makes sense|excellent|sorry|bye|hi|hello|no problem|all good|not at all"
    "|exactly right|ja|nein|genau|gut|klar|stimmt|richtig|super|prima|okay|na|gern|gerne"
    "|doch|also|jawohl|eben|tja|ach|so|oui|non|d'accord|d’accord|voilà|bien|très bien"
    "|parfait|exactement|ouais|tout à fait|bon|ok|ben|ah|sí|si|no|vale|claro|bueno|bien"
    "|va bene|certo|esatto|giusto|perfetto|sì|pois é|sim|não|certo|claro|está bem|ótimo|isso"
    "|muy bien|exacto|perfecto|de acuerdo|ya|así es|はい|ええ|いいえ|なるほど|そうですね"
    "|そうです|うん|そう|對|对|是的|好的|好|没错|是|네|예|아니요|그렇죠|맞아요|그렇군요"
)
_CRUMB: Final = re.compile(
    rf"[\s,，、-]*(?:(?:{_CRUMB_WORDS})[\s,.!?…。、，！？-]*){{1,4}}(?:(?<=[,，] )\w{{2,12}}[.!])?",
    re.IGNORECASE,
)
_LONGEST_CRUMB: Final = 40


def is_small_talk(text: str) -> bool:
    """Whether a sentence greets, thanks, advertises, or leads to an address."""
    if len(text) > _LONGEST:
        return False
    return _SMALL_TALK.search(text) is not None or _ADDRESS.search(text) is not None


def is_about_itself(text: str) -> bool:
    """Whether a sentence tells what the speaker will say, or has said."""
    return len(text) <= _LONGEST and _ABOUT_ITSELF.search(text) is not None


def is_crumb(text: str) -> bool:
    """Whether a sentence only shows that somebody listens: "Okay.", "Ja, genau."."""
    return len(text) <= _LONGEST_CRUMB and _CRUMB.fullmatch(text) is not None
