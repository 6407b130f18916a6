"""The words of Meta's content export in each language, and what each column means.

English, Portuguese and Japanese from real exports and public parsers; Spanish and Italian from
public parsers that name nearly every column; German and French as well as they are known. A word
may be wrong without harm: its column is then left out and named.
"""

from __future__ import annotations

from functools import cache, lru_cache

from studio.stats.readers.sheet import plain

_WORDS = {
    "post_id": "Post ID|Identificação do post|投稿ID|Beitrags-ID|Post-ID|ID de publication"
    "|Identifiant de publication|Identifiant de la publication|ID del post|ID post"
    "|Identificador de la publicación|Identificador de publicación",
    "account_id": "Account ID|Identificação da conta|アカウントID|Konto-ID|Identifiant de compte"
    "|Identifiant du compte|ID account|ID dell'account|Identificador de la cuenta"
    "|Identificador de cuenta|Page ID|Identificador de la página|Seiten-ID|Identifiant de Page",
    "username": "Account username|Nome de usuário da conta|アカウントのユーザーネーム"
    "|Konto-Benutzername|Benutzername des Kontos|Nom d'utilisateur du compte"
    "|Nome utente dell'account|Nome utente account|Nombre de usuario de la cuenta",
    "name": "Account name|Nome da conta|アカウント名|Kontoname|Name des Kontos|Nom du compte"
    "|Nome dell'account|Nome account|Nombre de la cuenta|Page name|Nombre de la página|Seitenname",
    "caption": "Description|Descrição|説明|Beschreibung|Descrizione|Descripción",
    "title": "Title|Título|Titel|Titre|Titolo",
    "seconds": "Duration (sec)|Duração (s)|時間(秒)|Dauer (Sek.)|Dauer (Sekunden)|Durée (s)"
    "|Durée (sec)|Durata (sec)|Durata (s)|Duración (s)|Duración (segundos)",
    "published": "Publish time|Horário de publicação|公開時間|Veröffentlichungszeit"
    "|Veröffentlichungszeitpunkt|Zeitpunkt der Veröffentlichung|Heure de publication"
    "|Ora di pubblicazione|Orario di pubblicazione|Hora de publicación",
    "permalink": "Permalink|Link permanente|リンク|Permalien|Lien permanent|Enlace permanente",
    "type": "Post type|Tipo de post|投稿タイプ|Beitragstyp|Beitragsart|Type de publication"
    "|Tipo di post|Tipo de publicación",
    "date": "Date|Data|日時|Datum|Fecha",
    "views": "Views|Visualizações|ビュー|Aufrufe|Vues|Visualizzazioni|Visualizaciones"
    "|Reproducciones",
    "impressions": "Impressions|Impressões|インプレッション|Impressionen|Impression|Impresiones",
    "reach": "Reach|Alcance|リーチ|Reichweite|Couverture|Copertura",
    "likes": "Likes|Curtidas|いいね！の数|いいね！|„Gefällt mir“-Angaben|Gefällt mir-Angaben"
    "|\"Gefällt mir\"-Angaben|J'aime|Mentions J'aime|Mi piace|Me gusta",
    "reactions": "Reactions|Reações|Reaktionen|Réactions|Reazioni|Reacciones",
    "comments": "Comments|Comentários|コメント数|Kommentare|Commentaires|Commenti|Comentarios",
    "shares": "Shares|Compartilhamentos|シェア数|Geteilt|Geteilte Inhalte|Mal geteilt|Partages"
    "|Condivisioni|Veces que se compartió|Contenido compartido|Compartidos",
    "saves": "Saves|Salvamentos|保存数|Gespeichert|Speicherungen|Enregistrements|Salvataggi"
    "|Elementi salvati|Guardados|Veces que se guardó|Gespeicherte Beiträge",
    "follows": "Follows|Seguimentos|フォロー数|Neue Follower|Abonnements|Followers|Follower"
    "|Seguimientos|Nuovi follower|Seguidores nuevos",
    # Known and left out without a word.
    "-": "Data comment|Comentário sobre os dados|データコメント|Datenkommentar|Kommentar zu Daten"
    "|Commentaire sur les données|Commento sui dati|Comentario sobre los datos|Caption type"
    "|Is crosspost|Is share|Funded content status|Languages|Custom labels"
    "|Reactions, Comments and Shares|Total clicks|Other Clicks|Link Clicks"
    "|Matched Audience Targeting Consumption (Photo Click)|Seconds viewed"
    "|Average Seconds viewed|Estimated earnings (USD)|Ad CPM (USD)|Ad impressions"
    "|Replies|Navigation|Profile visits|Sticker taps|External link taps|Plays"
    "|Respostas|Navegação|Visitas ao perfil|Toques em figurinhas|Cliques no link|Total de clics",
}

FORMATS = (
    ("reel", ("reel", "リール")),
    ("carousel", ("carousel", "carro", "karussell", "carrusel", "carosello", "カルーセル")),
    ("story", ("story", "stories", "storia", "historia", "ストーリー")),
    ("image", ("image", "imagem", "imagen", "immagine", "bild", "photo", "foto", "画像", "写真")),
    ("video", ("video", "vídeo", "vidéo", "動画")),
)
"""Format, and the pieces of a post type that mean it, in lower case."""


@cache
def fields() -> dict[str, str]:
    """Return plain header → field, for every language."""
    return {plain(word): name for name, words in _WORDS.items() for word in words.split("|")}


@lru_cache(maxsize=256)
def format_of(told: str) -> str | None:
    """Return "reel", "carousel", "story", "image" or "video" for a post type in any language."""
    lower = plain(told)
    for name, pieces in FORMATS:
        if any(piece in lower for piece in pieces):
            return name
    return None
