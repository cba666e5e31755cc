"""Small words of the languages between which a script leaves the choice. Knows no text."""

from __future__ import annotations

from typing import Final

SMALL_WORDS: Final = {
    "ar": "في على إلى أن هذا هذه التي الذي كل مع عن هو هي كما يمكن كان ثم أو بعد قبل نحن لا",
    "bg": "ще това са които който която какво къде също този тази тези вече към като че"
    " всички ни вашите вашия съм",
    "ca": "amb els aquest aquesta aquests aquestes què més també pels dels seva nostre vostre"
    " perquè són ens aleshores tots molt nostres vostè podeu quan",
    "cs": "jsou nebo který která při když také jsme jste být podle více můžete může dobře",
    "da": "af hvad meget nu bliver vores jeres deres noget gøre op ud gennem mellem hvornår blive",
    "de": "und ist nicht auf für wir oder auch wird sich eine einen einem einer dem sie ihre ihren"
    " wie werden können haben nach zum zur aus wenn noch uns dass diese diesem dieser",
    "en": "about and are been can could from have here how let our should that the their there"
    " these they this those what when where which with would you your",
    "es": "los las más pero esto usted ustedes muy hacer también puede pueden nuestro nuestra"
    " nuestros nuestras hay ahora hasta tiene cuando después sus cómo aquí",
    "et": "ning või kui selle kuidas meie teie saab kõik nüüd siis seda kes pole mida olla aga",
    "fa": "در به از که این را با است برای آن می شما یک کنید هستند خود تا هر یا شود ها نیز",
    "fi": "että tämä myös kun sekä voit tässä mutta ovat hän olet meidän kuin niin sinun jotka"
    " mitä miten uusi kanssa nyt tämän sitä joka",
    "fr": "dans pour vous nous avec une sont cette votre vos notre être aux ces leur leurs où"
    " chaque comment quand aussi sans sous chez",
    "hi": "है हैं के का की को में और से पर यह कि आप हम इस नहीं भी लिए था",
    "hr": "što koji koja koje biti kao sve ili nije također možete naš iz više sada kada gdje nakon"
    " ćete ćemo jer ovaj",
    "hu": "egy hogy nem az meg csak vagy már ezt lehet kell minden amely itt után majd ön önök",
    "id": "bisa karena silakan bahwa saja kalian perusahaan",
    "it": "che della delle dei degli nel nella nelle sono gli dal dalla sul sulla questo questa"
    " questi queste più anche perché può è nostro dove ogni tutti",
    "lt": "yra kad iš kaip jūsų mūsų arba tik apie galite kurie buvo nuo į",
    "lv": "kas jūs jūsu mūsu tiek vai lai pēc šo tā arī kā uz pie varat jau tikai šajā",
    "mr": "आहे आहेत आणि मध्ये हे तुम्ही आम्ही आपण नाही होते साठी किंवा करा करून काय आपल्या",
    "ms": "boleh kerana bahawa ialah sila syarikat awak",
    "nl": "het een niet voor zijn wij deze naar ook maar uw wordt worden hoe bij onze jullie kunt"
    " waar wat",
    "no": "nå hva noe noen etter våre deg seg mellom gjennom dere gjøre bruke mye uke inn",
    "pl": "się jest oraz czy tylko przez dla które który która może być są też więc nasz nasze"
    " można",
    "pt": "não uma você vocês são com dos ao aos pelo pela também então isso sua seu nosso nossa"
    " nossos muito pode até ainda",
    "ro": "și în sunt pentru sau să această după vă puteți toate prin fiecare când acest dintre",
    "ru": "что это вы мы все чтобы также если его они есть может этот эта эти наш где когда теперь"
    " уже только из",
    "sk": "sú alebo ktorý ktoré ktorá ako pre aj keď tiež podľa viac môžete môže čo svoje",
    "sl": "ki tudi lahko kot še več jih ker zato zdaj bodo če kaj",
    "sr": "је су који које која што овај како можете није више сада када вам ће ћете ћемо од",
    "sv": "och att är för inte ett från också när hur ska mycket nya våra till detta dessa genom"
    " här där",
    "sw": "wa kwa katika hii hiyo kuwa yako yetu sasa pia kama cha vya lakini hapa zaidi",
    "tr": "ve bir bu için ile çok olarak daha nasıl gibi olan kadar sonra veya ama değil tüm şimdi",
    "uk": "що та або як це ви ми якщо цей ця ці вони який яка які вже тільки після щоб є і й",
    "vi": "và là của các có không được cho trong một này với những để khi bạn chúng từ đã sẽ",
}
"""Words that one language alone has, by its name in py3langid: neither German's and Danish's "der"
is one nor Hungarian's and Catalan's "és"."""

SHARED_WORDS: Final = {
    "bg": "и на да за се от или може как след",
    "ca": "de la el i a en que per un una es no les del al",
    "cs": "a se na je v s z do to pro jak že od za ve ze si ale",
    "da": "og i at er en et til på med den det for ikke vi der som kan du har fra om din jeg",
    "de": "die der das in den von zu mit an im ein es so am um bei man ihr des",
    "en": "the to of a in is we it for on at as by an or i us me so all not if do be has will more"
    " new one up out no he was its into now every",
    "es": "de la el en y a que del un una por con se para es al lo no como su sobre este esta",
    "et": "ja on ei et see ka kas oma mis ta me te",
    "fi": "ja on ei se voi tai me te oma",
    "fr": "de la le les et à un des en du est que qui sur par ce il se pas plus",
    "hr": "i u je na za se da su s od do kako vam",
    "hu": "a és van ez el is de ha mi be",
    "id": "dan yang untuk dengan ini di dari pada anda adalah ke kami dapat akan tidak juga",
    "it": "di e il la in un una per con del i le si non a da al come lo ed dei alla",
    "lt": "ir su to tai bei",
    "lv": "un ir ar no ka par to tas",
    "ms": "dan yang untuk dengan ini di dari pada anda adalah ke kami dapat akan tidak juga",
    "nl": "de en van in is op te dat die we of met er je kan om als aan over nu uit",
    "no": "og i er en et til på med den det for ikke vi de som kan du har fra om din jeg av",
    "pl": "i w na z do nie to jak o po od za a ze",
    "pt": "de a o e que do da em para na no se as os um por como este esta sobre mais",
    "ro": "de a la cu pe un o nu se mai din ce este",
    "ru": "и в не на я с он как по но за от так о для у же вам или",
    "sk": "a sa na je v s z do to že od za nie si",
    "sl": "in je na za se v z da so s ali",
    "sr": "и у на да се за са од или као те",
    "sv": "i en som på av med den det vi kan du har om de",
    "sw": "na ni ya za",
    "tr": "ve de da ne en",
    "uk": "і в у не на для з до про він від",
    "vi": "có cho một",
    "mr": "या हा ते एक का",
    "hi": "एक तो हो कर या",
    "ar": "من و ما",
    "fa": "و من ما",
}
"""Words that every text has, and that other languages have too."""
