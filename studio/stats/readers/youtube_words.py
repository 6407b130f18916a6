"""The words of YouTube Studio's tables in each language, and what each column means.

English from real exports; German, Spanish, Portuguese, French, Japanese, Italian and Russian from
public parsers that read such files; likes, comments and shares in the last six as well as they are
known. A word that is missing costs its column, which is then named.
"""

from __future__ import annotations

from functools import cache

from studio.stats.readers.sheet import plain

_WORDS = {
    "id": "Content|Video|Videos|Inhalt|Inhalte|Contenido|Vídeo|Conteúdo|Contenu|Contenuti|Vidéo"
    "|コンテンツ|動画|Контент|Видео",
    "title": "Video title|Videotitel|Titel des Videos|Título del vídeo|Título del video"
    "|Título do vídeo|Titre de la vidéo|Titolo video|動画のタイトル|動画タイトル|Название видео",
    "published": "Video publish time|Veröffentlichungszeitpunkt des Videos"
    "|Hora de publicación del vídeo|Hora de publicación del video|Horário de publicação do vídeo"
    "|Heure de publication de la vidéo|Ora pubblicazione video|動画公開時刻|Время публикации видео",
    "seconds": "Duration|Dauer|Duración|Duração|Durée|Durata|長さ|Продолжительность",
    "date": "Date|Datum|Fecha|Data|日付|Дата",
    "views": "Views|Aufrufe|Visualizaciones|Vistas|Visualizações|Visualizzazioni|Vues"
    "|視聴回数|Просмотры",
    "likes": 'Likes|"Mag ich"-Bewertungen|„Mag ich“-Bewertungen|Me gusta'
    '|Marcações "Gostei"|高評価数|高評価',
    "comments": "Comments added|Comments|Kommentare hinzugefügt|Hinzugefügte Kommentare|Kommentare"
    "|Comentarios añadidos|Comentarios|Comentários adicionados|Comentários|Commentaires ajoutés"
    "|Commentaires|コメント数|追加されたコメント",
    "shares": "Shares|Geteilte Inhalte|Veces compartido|Compartidos|Compartilhamentos|Partages"
    "|共有数|共有",
    "follows": "Subscribers|Abonnenten|Suscriptores|Inscritos|Iscritti|Abonnés"
    "|チャンネル登録者|Подписчики",
    "gained": "Subscribers gained|Neue Abonnenten|Suscriptores obtenidos|Suscriptores ganados"
    "|Inscrições obtidas|Abonnés obtenus|Abonnés gagnés",
    # Known and left out without a word: rates, times watched, money, and what is no figure here.
    "-": "Watch time (hours)|Impressions|Impressions click-through rate (%)|Thumbnail impressions"
    "|Thumbnail click-through rate (%)|Average view duration|Average percentage viewed (%)"
    "|Average % viewed|Engaged views|Stayed to watch (%)|Viewed (vs. swiped away) (%)"
    "|Unique viewers|New viewers|Returning viewers|Casual viewers|Regular viewers"
    "|Average views per viewer|Subscribers lost|Dislikes|Likes (vs. dislikes) (%)"
    "|Estimated revenue (USD)|Your estimated revenue (USD)|Estimated revenue (EUR)"
    "|Estimated revenue (GBP)|RPM (USD)|CPM (USD)|RPM (EUR)|RPM (GBP)"
    "|Hypes|Hype points|Watch time (minutes)|Post likes|Post impressions"
    "|Wiedergabezeit (Stunden)|Impressionen|Klickrate der Impressionen (%)"
    "|Geschätzter Umsatz (EUR)|Geschätzter Umsatz (USD)"
    "|Tiempo de visualización (horas)|Impresiones|Porcentaje de clics de las impresiones (%)"
    "|Ingresos estimados (USD)|Ingresos estimados (EUR)|Duración media de las visualizaciones"
    "|Tempo de exibição (horas)|Impressões|Taxa de cliques de impressões (%)"
    "|Visualizações engajadas|Visualizações intencionais|Duração média da visualização"
    "|Porcentagem visualizada média (%)|Receita estimada (USD)|Receita estimada (BRL)"
    "|Durée de visionnage (heures)|Vues engagées|Ont continué de regarder (%)"
    "|Durée moyenne de visionnage|Pourcentage moyen regardé (%)|Revenus estimés (EUR)"
    "|総再生時間 (単位: 時間)|総再生時間(単位: 時間)|インプレッション数"
    "|インプレッションのクリック率 (%)|平均視聴時間|平均視聴率 (%)|視聴を継続 (%)|推定収益 (JPY)"
    "|ユニーク視聴者数|新しい視聴者数",
}


def word(header: str) -> str:
    """Return a header cell for comparing; soft hyphens, which YouTube writes, do not count."""
    return plain(header.replace("\u00ad", ""))


@cache
def fields() -> dict[str, str]:
    """Return plain header → field, for every language."""
    return {word(each): name for name, words in _WORDS.items() for each in words.split("|")}
