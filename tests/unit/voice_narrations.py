"""Short narrations in many languages, written for these tests; three a language, 7 to 18 words."""

from __future__ import annotations

NARRATIONS = {
    "en": (
        "Welcome to the Acme Dashboard. Let us look at the numbers of last quarter.",
        "Open the settings, choose your team and press save.",
        "Thank you for watching. We are happy to answer your questions.",
    ),
    "ar": (
        "مرحبا بكم في هذا التدريب. سنتعرف اليوم على لوحة التحكم الجديدة.",
        "افتح قائمة الإعدادات ثم اختر اسم الفريق واضغط على زر الحفظ.",
        "شكرا على المشاهدة، ويسعدنا أن نجيب عن أسئلتكم.",
    ),
    "bg": (
        "Добре дошли в обучението. Днес ще разгледаме новото табло с показатели.",
        "Отворете настройките, изберете своя екип и натиснете бутона за запис.",
        "Благодарим ви за вниманието. Ще се радваме да отговорим на въпросите ви.",
    ),
    "ca": (
        "Benvinguts a la formació d'avui. Veurem les xifres més importants del darrer trimestre.",
        "Obriu el menú de configuració, trieu el vostre equip i premeu el botó de desar.",
        "Gràcies per la vostra atenció. Amb molt de gust respondrem les vostres preguntes.",
    ),
    "cs": (
        "Vítejte na školení. Dnes si ukážeme nejdůležitější čísla za poslední čtvrtletí.",
        "Otevřete nastavení, vyberte svůj tým a stiskněte tlačítko uložit.",
        "Děkujeme za pozornost. Rádi odpovíme na všechny vaše otázky.",
    ),
    "da": (
        "Velkommen til kurset. I dag ser vi på de vigtigste tal fra sidste kvartal.",
        "Åbn indstillingerne, vælg dit hold, og tryk på knappen gem.",
        "Tak fordi I så med. Vi svarer gerne på jeres spørgsmål.",
    ),
    "de": (
        "Willkommen im Acme Dashboard. Heute sehen wir uns die Zahlen des letzten Quartals an.",
        "Öffnen Sie die Einstellungen, wählen Sie Ihr Team und klicken Sie auf Speichern.",
        "Vielen Dank fürs Zuschauen. Gerne beantworten wir Ihre Fragen.",
    ),
    "el": (
        "Καλώς ήρθατε στην εκπαίδευση. Σήμερα θα δούμε τα πιο σημαντικά στοιχεία.",
        "Ανοίξτε τις ρυθμίσεις, επιλέξτε την ομάδα σας και πατήστε αποθήκευση.",
        "Ευχαριστούμε για την προσοχή σας και περιμένουμε τις ερωτήσεις σας.",
    ),
    "es": (
        "Bienvenidos a la formación. Hoy veremos las cifras más importantes del último trimestre.",
        "Abra la configuración, elija su equipo y pulse el botón de guardar.",
        "Gracias por su atención. Con mucho gusto responderemos a sus preguntas.",
    ),
    "et": (
        "Tere tulemast koolitusele. Täna vaatame eelmise kvartali kõige tähtsamaid näitajaid.",
        "Avage seaded, valige oma meeskond ja vajutage salvestamise nuppu.",
        "Täname vaatamast. Vastame hea meelega kõigile teie küsimustele.",
    ),
    "fa": (
        "به این دوره آموزشی خوش آمدید. امروز داشبورد جدید را با هم می‌بینیم.",
        "تنظیمات را باز کنید، گروه خود را انتخاب کنید و دکمه ذخیره را بزنید.",
        "از توجه شما سپاسگزاریم و خوشحال می‌شویم به پرسش‌های شما پاسخ دهیم.",
    ),
    "fi": (
        "Tervetuloa koulutukseen. Tänään katsomme viime neljänneksen tärkeimpiä lukuja.",
        "Avaa asetukset, valitse oma tiimisi ja paina sitten tallennuspainiketta.",
        "Kiitos mielenkiinnosta. Vastaamme mielellämme kaikkiin kysymyksiinne.",
    ),
    "fr": (
        "Bienvenue dans Acme Dashboard. Voici les chiffres clés du dernier trimestre.",
        "Ouvrez les paramètres, choisissez votre équipe et cliquez sur enregistrer.",
        "Merci de votre attention. Nous répondrons volontiers à vos questions.",
    ),
    "he": (
        "ברוכים הבאים להדרכה. היום נכיר את לוח המחוונים החדש שלנו.",
        "פתחו את ההגדרות, בחרו את הצוות שלכם ולחצו על שמירה.",
        "תודה שצפיתם. נשמח לענות על כל השאלות שלכם.",
    ),
    "hi": (
        "इस प्रशिक्षण में आपका स्वागत है। आज हम नया डैशबोर्ड देखेंगे।",
        "सेटिंग खोलें, अपनी टीम चुनें और फिर सहेजें बटन दबाएँ।",
        "देखने के लिए धन्यवाद। हमें आपके सवालों का जवाब देने में खुशी होगी।",
    ),
    "hr": (
        "Dobro došli na obuku. Danas ćemo pogledati najvažnije brojke prošlog tromjesečja.",
        "Otvorite postavke, odaberite svoj tim i pritisnite gumb za spremanje.",
        "Hvala na pažnji. Rado ćemo odgovoriti na sva vaša pitanja.",
    ),
    "hu": (
        "Üdvözöljük a képzésen. Ma az előző negyedév legfontosabb számait nézzük meg.",
        "Nyissa meg a beállításokat, válassza ki a csapatát, és nyomja meg a mentés gombot.",
        "Köszönjük a figyelmet. Örömmel válaszolunk minden kérdésükre.",
    ),
    "hy": (
        "Բարի գալուստ դասընթացին։ Այսօր մենք կդիտենք նոր վահանակը։",
        "Բացեք կարգավորումները, ընտրեք ձեր թիմը և սեղմեք պահպանել կոճակը։",
        "Շնորհակալություն ուշադրության համար։ Սիրով կպատասխանենք ձեր հարցերին։",
    ),
    "id": (
        "Selamat datang di pelatihan ini. Hari ini kita akan melihat angka penting kuartal lalu.",
        "Buka pengaturan, pilih tim Anda, lalu tekan tombol simpan.",
        "Terima kasih sudah menonton. Kami senang menjawab pertanyaan Anda.",
    ),
    "it": (
        "Benvenuti al corso. Oggi vediamo i numeri più importanti dell'ultimo trimestre.",
        "Aprite le impostazioni, scegliete la vostra squadra e premete il pulsante salva.",
        "Grazie per l'attenzione. Saremo lieti di rispondere alle vostre domande.",
    ),
    "ja": (
        "とれーにんぐへようこそ。きょうはあたらしいがめんをみてみましょう。",
        "せっていをひらいて、ちーむをえらび、ほぞんをおしてください。",
        "ごらんいただき、ありがとうございました。ごしつもんをおまちしています。",
    ),
    "ka": (
        "კეთილი იყოს თქვენი მობრძანება. დღეს ახალ დაფას გავეცნობით.",
        "გახსენით პარამეტრები, აირჩიეთ თქვენი გუნდი და დააჭირეთ შენახვას.",
        "გმადლობთ ყურადღებისთვის. სიამოვნებით ვუპასუხებთ თქვენს კითხვებს.",
    ),
    "ko": (
        "교육에 오신 것을 환영합니다. 오늘은 지난 분기의 주요 지표를 살펴보겠습니다.",
        "설정을 열고 팀을 선택한 다음 저장 버튼을 누르세요.",
        "시청해 주셔서 감사합니다. 궁금한 점이 있으면 언제든지 질문해 주세요.",
    ),
    "lt": (
        "Sveiki atvykę į mokymus. Šiandien apžvelgsime svarbiausius praėjusio ketvirčio rodiklius.",
        "Atidarykite nustatymus, pasirinkite savo komandą ir paspauskite įrašymo mygtuką.",
        "Ačiū, kad žiūrėjote. Mielai atsakysime į visus jūsų klausimus.",
    ),
    "lv": (
        "Laipni lūdzam apmācībā. Šodien aplūkosim svarīgākos pagājušā ceturkšņa rādītājus.",
        "Atveriet iestatījumus, izvēlieties savu komandu un nospiediet saglabāšanas pogu.",
        "Paldies, ka skatījāties. Labprāt atbildēsim uz visiem jūsu jautājumiem.",
    ),
    "mr": (
        "या प्रशिक्षणात तुमचे स्वागत आहे. आज आपण नवीन डॅशबोर्ड पाहणार आहोत.",
        "सेटिंग्ज उघडा, तुमचा संघ निवडा आणि मग जतन करा हे बटण दाबा.",
        "पाहिल्याबद्दल धन्यवाद. तुमच्या प्रश्नांची उत्तरे द्यायला आम्हाला आवडेल.",
    ),
    "ms": (
        "Selamat datang ke latihan ini. Hari ini kita melihat papan pemuka yang baharu.",
        "Buka tetapan, pilih pasukan anda, kemudian tekan butang simpan.",
        "Terima kasih kerana menonton. Kami berbesar hati menjawab soalan anda.",
    ),
    "nb": (
        "Velkommen til kurset. I dag skal vi se på de viktigste tallene fra forrige kvartal.",
        "Åpne innstillingene, velg laget ditt og trykk på lagreknappen.",
        "Takk for at dere så på. Vi svarer gjerne på spørsmålene deres.",
    ),
    "nl": (
        "Welkom bij de training. Vandaag bekijken we de belangrijkste cijfers van vorig kwartaal.",
        "Open de instellingen, kies uw team en klik op de knop opslaan.",
        "Bedankt voor het kijken. Wij beantwoorden graag al uw vragen.",
    ),
    "pl": (
        "Witamy na szkoleniu. Dzisiaj zobaczymy najważniejsze liczby z ostatniego kwartału.",
        "Otwórz ustawienia, wybierz swój zespół i naciśnij przycisk zapisz.",
        "Dziękujemy za uwagę. Chętnie odpowiemy na wszystkie pytania.",
    ),
    "pt": (
        "Bem-vindos à formação. Hoje vamos ver os números mais importantes do último trimestre.",
        "Abra as definições, escolha a sua equipa e carregue no botão guardar.",
        "Obrigado pela atenção. Teremos todo o gosto em responder às vossas perguntas.",
    ),
    "ro": (
        "Bine ați venit la curs. Astăzi vom vedea cele mai importante cifre din ultimul trimestru.",
        "Deschideți setările, alegeți echipa dumneavoastră și apăsați butonul de salvare.",
        "Vă mulțumim pentru atenție. Vom răspunde cu plăcere la întrebări.",
    ),
    "ru": (
        "Добро пожаловать на обучение. Сегодня мы посмотрим главные цифры прошлого квартала.",
        "Откройте настройки, выберите свою команду и нажмите кнопку сохранить.",
        "Спасибо за внимание. Мы с радостью ответим на ваши вопросы.",
    ),
    "sk": (
        "Vitajte na školení. Dnes si ukážeme najdôležitejšie čísla za posledný štvrťrok.",
        "Otvorte nastavenia, vyberte svoj tím a stlačte tlačidlo uložiť.",
        "Ďakujeme za pozornosť. Radi odpovieme na všetky vaše otázky.",
    ),
    "sl": (
        "Dobrodošli na usposabljanju. Danes si bomo ogledali najpomembnejše številke četrtletja.",
        "Odprite nastavitve, izberite svojo ekipo in pritisnite gumb za shranjevanje.",
        "Hvala za pozornost. Z veseljem bomo odgovorili na vsa vaša vprašanja.",
    ),
    "sr": (
        "Добро дошли на обуку. Данас ћемо погледати најважније бројке прошлог квартала.",
        "Отворите подешавања, изаберите свој тим и притисните дугме за чување.",
        "Хвала на пажњи. Радо ћемо одговорити на сва ваша питања.",
    ),
    "sv": (
        "Välkommen till utbildningen. I dag tittar vi på förra kvartalets viktigaste siffror.",
        "Öppna inställningarna, välj ditt team och tryck på knappen spara.",
        "Tack för att ni tittade. Vi svarar gärna på era frågor.",
    ),
    "sw": (
        "Karibu kwenye mafunzo haya. Leo tutaangalia takwimu muhimu za robo mwaka iliyopita.",
        "Fungua mipangilio, chagua timu yako, kisha bonyeza kitufe cha kuhifadhi.",
        "Asante kwa kutazama. Tutafurahi kujibu maswali yako yote.",
    ),
    "ta": (
        "இந்தப் பயிற்சிக்கு உங்களை வரவேற்கிறோம். இன்று புதிய பலகையைப் பார்ப்போம்.",
        "அமைப்புகளைத் திறந்து, உங்கள் குழுவைத் தேர்ந்தெடுத்து, சேமி என்பதை அழுத்தவும்.",
        "பார்த்ததற்கு நன்றி. உங்கள் கேள்விகளுக்குப் பதிலளிக்க மகிழ்ச்சியடைவோம்.",
    ),
    "th": (
        "ยินดีต้อนรับสู่การอบรม วันนี้เราจะมาดูแดชบอร์ดใหม่กัน",
        "เปิดการตั้งค่า เลือกทีมของคุณ แล้วกดปุ่มบันทึก",
        "ขอบคุณที่รับชม เรายินดีตอบคำถามของคุณ",
    ),
    "tr": (
        "Eğitime hoş geldiniz. Bugün geçen çeyreğin en önemli rakamlarına bakacağız.",
        "Ayarları açın, ekibinizi seçin ve kaydet düğmesine basın.",
        "İzlediğiniz için teşekkürler. Sorularınızı memnuniyetle yanıtlarız.",
    ),
    "uk": (
        "Ласкаво просимо на навчання. Сьогодні ми подивимося головні показники кварталу.",
        "Відкрийте налаштування, виберіть свою команду та натисніть кнопку зберегти.",
        "Дякуємо за увагу. Ми з радістю відповімо на ваші запитання.",
    ),
    "vi": (
        "Chào mừng bạn đến với khóa đào tạo. Hôm nay chúng ta sẽ xem các số liệu quan trọng.",
        "Hãy mở phần cài đặt, chọn nhóm của bạn rồi nhấn nút lưu.",
        "Cảm ơn bạn đã theo dõi. Chúng tôi rất vui được trả lời câu hỏi của bạn.",
    ),
    "zh": (
        "欢迎来到本次培训。今天我们来看上个季度的主要指标。",
        "请打开设置，选择您的团队，然后点击保存按钮。",
        "感谢观看。我们很乐意回答您的问题。",
    ),
}
