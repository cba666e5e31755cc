"""Words before a number that is a name: "page 1 shows", "Artikel 1 Absatz 2". Knows no text."""

from __future__ import annotations

from typing import Final

GERMAN_LABELS: Final = frozenset(
    (
        *("nr", "nummer", "seite", "kapitel", "kap", "schritt", "teil", "punkt", "stufe", "phase"),
        *("abbildung", "abb", "tabelle", "tab", "version", "raum", "zimmer", "artikel", "absatz"),
        *("s", "ziff", "pos", "rn", "anm", "kl", "az", "rev"),
        *("abs", "art", "band", "bd", "lektion", "modul", "folie", "zeile", "platz", "gleis"),
    )
)
"""What a plain number follows: "Nr. 5. Dann …"."""

LABELS: Final = GERMAN_LABELS | frozenset(
    (
        *("paragraf", "satz", "ziffer", "position", "anlage", "anhang", "abschnitt", "aufgabe"),
        *("frage", "typ", "klasse", "ebene", "kanal", "halle", "station", "taste", "variante"),
        *("page", "étape", "chapitre", "article", "partie", "section", "figure", "tableau"),
        *("annexe", "numéro", "niveau", "ligne", "colonne", "leçon", "module", "diapositive"),
        *("alinéa", "tome", "exemple", "option", "type", "zone", "question", "point", "version"),
        *("página", "paso", "capítulo", "artículo", "parte", "sección", "figura", "tabla", "anexo"),
        *("número", "nivel", "línea", "columna", "lección", "módulo", "diapositiva", "fase"),
        *("opción", "tipo", "zona", "pregunta", "punto", "versión", "apartado", "etapa", "fila"),
        *("pagina", "passo", "capitolo", "articolo", "sezione", "tabella", "allegato", "numero"),
        *("livello", "riga", "colonna", "lezione", "modulo", "opzione", "versione", "domanda"),
        *("artigo", "seção", "tabela", "nível", "linha", "coluna", "lição", "opção", "versão"),
        *("error", "fehler", "erreur", "errore", "erro", "code", "código", "codice", "vol", "flug"),
        *("passaggio", "figura", "anexo", "pergunta", "ponto", "etapa", "no", "n°", "nº"),
    )
)
"""Those of the other languages too, in small letters."""
