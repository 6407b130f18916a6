"""The words over the columns of other programs' tables, in many languages, and what they mean.

English as programs write it: Hootsuite, Fanpage Karma, Sprout Social and Metricool from public
parsers of their exports (github.com/dominiqueramirez/SECVA-Analytics src/utils/csvParser.js;
others found by their column names), Buffer from its list of metrics (support.buffer.com, article
521), scrapers from the field names of Instagram's Graph API. The rest are the platforms' own words
in each language, as in `meta_words`, and what a person would write. A wrong word does no harm: the
guess is shown before anything is read by it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from studio.stats.post import FIGURES
from studio.stats.readers import meta_words

_WORDS = {
    "posted": "date|post date|posted|posted at|posted on|date posted|publish date|published"
    "|published at|date published|publish time|post time|posted time|published time|created at"
    "|created time|create time|date created|created|timestamp|taken at|taken at timestamp"
    "|datetime|date time|upload date|uploaded at|publication date|sent at|sent|live date|go live"
    "|day|time|when|publish|scheduled|schedule date|planned"
    "|datum|tag|veröffentlicht|veröffentlicht am|veröffentlichung|veröffentlichungsdatum|gepostet"
    "|gepostet am|erstellt am|zeitpunkt|postdatum|date de publication|publié|publié le|jour"
    "|date et heure|fecha|publicado|fecha de publicación|fecha y hora|día|data|data de publicação"
    "|publicado em|dia|data e hora|pubblicato|data di pubblicazione|data e ora|giorno|geplaatst"
    "|geplaatst op|gepubliceerd|publicatiedatum|data publikacji|opublikowano|tarih|yayın tarihi"
    "|дата|опубликовано|дата публикации|日付|投稿日|投稿日時|公開日|日時|날짜|게시일|日期|发布时间"
    "|发布日期|ημερομηνία|tanggal|ngày|ngày đăng",
    "posted time": "time|post time|hour|time of day|posting time|time posted|uhrzeit|zeit|stunde"
    "|heure|hora|ora|orario|tijd|godzina|saat|время|時間|時刻|시간|时间|ώρα|jam|giờ",
    "link": "link|url|permalink|post link|post url|perma link|post permalink|link to post|address"
    "|href|web address|content url|video link|video url|web video url|tweet permalink|lien|enlace"
    "|ligação|collegamento|odnośnik|bağlantı|ссылка|リンク|링크|链接|σύνδεσμος|tautan|liên kết",
    "id": "post id|media id|video id|content id|message id|id|shortcode|short code|code|media pk|pk"
    "|instagram post id|facebook post id|tiktok post id|beitrags id",
    "platform": "platform|network|social network|social media|channel|service|social|app|source"
    "|plattform|netzwerk|kanal|soziales netzwerk|réseau|réseau social|plateforme|red|red social"
    "|plataforma|rede|rede social|canal|rete|piattaforma|social network|kanaal|platforma|sieć|ağ"
    "|платформа|соцсеть|プラットフォーム|媒体|플랫폼|平台|πλατφόρμα",
    "account": "account|account name|account username|username|user name|handle|profile"
    "|profile name|page|page name|author|owner|owner username|brand|instagram account"
    "|facebook page|konto|profil|benutzername|compte|cuenta|conta|perfil|profilo|аккаунт"
    "|アカウント|계정|账号",
    "caption": "caption|post text|post message|message|text|post caption|description|copy|content"
    "|post content|body|post|title|post title|video title|video description|headline|hook|topic"
    "|name|idea|bildunterschrift|beschreibung|nachricht|inhalt|beitrag|titel|thema|légende|texte"
    "|titre|publication|texto|leyenda|descripción|mensaje|título|publicación|contenido|legenda"
    "|descrição|didascalia|testo|titolo|descrizione|bijschrift|tekst|opis|açıklama|metin|başlık"
    "|текст|подпись|описание|キャプション|本文|テキスト|タイトル|캡션|제목|文案|标题|κείμενο"
    "|λεζάντα|tiêu đề|judul|keterangan",
    "format": "type|post type|media type|content type|format|media product type|product type|kind"
    "|post format|content format|typ|art|beitragstyp|beitragsart|inhaltstyp|medientyp|tipo"
    "|tipo de publicación|tipo de post|tipo de contenido|formato|type de publication|type de post"
    "|soort|rodzaj|tür|biçim|тип|формат|種類|投稿タイプ|タイプ|형식|유형|类型|τύπος|jenis"
    "|định dạng",
    "seconds": "duration|length|video length|video duration|duration sec|duration seconds|seconds"
    "|length seconds|clip length|dauer|länge|videolänge|sekunden|durée|duración|duração|durata|duur"
    "|długość|süre|длительность|長さ|動画の長さ|길이|时长|διάρκεια|durasi|thời lượng",
    "views": "views|view count|views count|total views|plays|play count|video play count"
    "|video plays|video views|video view count|reel plays|impressions views|impressions|impression"
    "|impression count|aufrufe|ansichten|wiedergaben|videoaufrufe|impressionen|vues|lectures"
    "|visualizaciones|reproducciones|vistas|impresiones|visualizações|reproduções|impressões"
    "|visualizzazioni|riproduzioni|weergaven|vertoningen|wyświetlenia|odtworzenia|görüntülenme"
    "|görüntüleme|izlenme|просмотры|показы|再生数|再生回数|閲覧数|表示回数|ビュー|インプレッション|조회수"
    "|播放量|浏览量|προβολές|tayangan|lượt xem",
    "reach": "reach|accounts reached|people reached|reached|unique reach|total reach"
    "|impressions unique|unique impressions|unique views|reichweite|erreichte konten|erreicht"
    "|erreichte personen|portée|couverture|comptes touchés|alcance|cuentas alcanzadas"
    "|contas alcançadas|copertura|account raggiunti|bereik|zasięg|erişim|охват|リーチ|リーチ数|도달"
    "|覆盖人数|απήχηση|jangkauan|lượt tiếp cận",
    "likes": "likes|like count|likes count|total likes|like|hearts|reactions|likes and reactions"
    "|likes reactions|digg count|gefällt mir|gefällt mir angaben|j'aime|mentions j'aime|me gusta"
    "|mi piace|curtidas|gostos|vind ik leuks|polubienia|beğeni|beğeniler|лайки|нравится"
    "|отметки нравится|いいね|いいね数|いいね!|좋아요|点赞|点赞数|suka|thích"
    "|lượt thích",
    "comments": "comments|comment count|comments count|total comments|comment|replies|kommentare"
    "|commentaires|comentarios|comentários|commenti|reacties|opmerkingen|komentarze|yorum|yorumlar"
    "|комментарии|コメント|コメント数|댓글|评论|评论数|σχόλια|komentar|bình luận",
    "shares": "shares|share count|shares count|total shares|share|shared|sends|reshares|reposts"
    "|retweets|shares reposts quotes|shared times|geteilt|geteilte inhalte|mal geteilt"
    "|weitergeleitet|partages|compartidos|veces compartido|compartilhamentos|partilhas|condivisioni"
    "|gedeeld|keer gedeeld|udostępnienia|paylaşım|paylaşımlar|репосты|поделились|シェア|シェア数"
    "|공유|分享|转发|κοινοποιήσεις|bagikan|chia sẻ|lượt chia sẻ",
    "saves": "saves|saved|save count|saves count|saved count|post saves|total saves|bookmarks"
    "|favorites|favourites|collect count|saved times|unique saves|gespeichert|speicherungen"
    "|gemerkt|enregistrements|enregistré|enregistrés|guardados|guardado|salvamentos|salvos"
    "|salvataggi|salvati|opgeslagen|keer opgeslagen|zapisania|zapisane|kaydetme|kaydedilenler"
    "|сохранения|保存|保存数|저장|收藏|收藏数|αποθηκεύσεις|simpan|lượt lưu",
    "follows": "follows|new followers|new follows|followers gained|follows gained|follow count"
    "|gained followers|subscribers gained|neue follower|neue abonnenten|gewonnene follower"
    "|nouveaux abonnés|nouveaux followers|nuevos seguidores|seguidores nuevos|seguimientos"
    "|novos seguidores|seguimentos|nuovi follower|nieuwe volgers|nowi obserwujący"
    "|yeni takipçiler|новые подписчики|подписки|フォロー数|新規フォロワー|신규 팔로워|新增粉丝",
}

# Words that say nothing of what is counted: "Number of Likes", "Reach per post", "IG Likes".
_STOP = frozenset(
    {"number", "of", "total", "post", "posts", "media", "lifetime", "organic", "instagram", "the"}
    | {"tiktok", "facebook", "ig", "fb", "count", "reel", "reels", "per", "all", "no", "on", "to"}
    | {"anzahl", "der", "die", "nombre", "de", "des", "número", "numero", "di", "liczba", "my"}
    | {"beitrag", "publicación", "publication", "video", "videos", "organique", "orgánico"}
    | {"total", "gesamt", "insgesamt", "and", "und", "in", "sum", "summed", "up", "based"}
)
# Words that make a count of something else of it, or none.
_OTHER = frozenset(
    {"rate", "ratio", "percent", "percentage", "%", "ctr", "cpm", "cpc", "cpe", "cpv", "cost"}
    | {"average", "avg", "ø", "mean", "median", "day", "daily", "growth", "previous", "paid", "ads"}
    | {"click", "clicks", "watch", "watched", "engagement", "engagements", "interaction", "value"}
    | {"interactions", "rank", "score", "index", "change", "prozent", "quote", "rata", "unfollows"}
    | {"taux", "tasa", "taxa", "tasso", "oran", "oranı", "процент", "доля", "durchschnitt", "goal"}
    | {"interaktionen", "interaktion", "interaktionsrate", "engagementrate", "promedio", "moyenne"}
    | {"média", "media%", "hidden", "disabled", "target", "ziel", "negative", "dislikes", "story"}
    | {"boosted", "bezahlt", "gesponsert", "visits", "visit", "besuche", "taps", "exits", "hook"}
)
_OTHER_DAY = frozenset(
    {"updated", "edited", "modified", "exported", "imported", "collected", "scraped", "report"}
    | {"aktualisiert", "geändert", "exportiert", "bearbeitet", "last", "deadline", "due", "until"}
)
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_APART = re.compile(r"[\s_\-./|,:;&+#*()\[\]{}„“”\"<>→=]+")
_FIELDS = {
    "post_id": "id",
    "username": "account",
    "name": "account",
    "caption": "caption",
    "title": "caption",
    "seconds": "seconds",
    "published": "posted",
    "date": "posted",
    "permalink": "link",
    "type": "format",
    "impressions": "views",
    "reactions": "likes",
} | {figure: figure for figure in FIGURES}


@lru_cache(maxsize=4096)
def words_of(header: str) -> tuple[str, ...]:
    """Return the words of a header cell: "likesCount" and "likes_count" are the same."""
    text = unicodedata.normalize("NFKC", _CAMEL.sub(" ", header[:120])).casefold()
    return tuple(filter(None, _APART.split(text.replace("’", "'").replace("%", " % "))))


@cache
def _phrases() -> dict[tuple[str, ...], list[tuple[str, float]]]:
    found: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for role, words in _WORDS.items():
        for rank, phrase in enumerate(words.split("|")):
            found.setdefault(words_of(phrase), []).append((role, 3.0 - min(rank, 90) / 100))
    for phrase, name in meta_words.fields().items():
        meant = _FIELDS.get(name)
        known = found.setdefault(words_of(phrase), [])
        if meant and not known and "follower" not in phrase:
            known.append((meant, 2.5))
    return found


def meanings(header: str) -> dict[str, float]:
    """Return the roles a header cell may stand for, with how well its words fit, up to 3."""
    words = words_of(header)
    if not words or len(words) > 14:
        return {}
    figures = {role for role in FIGURES if any(role == one for one in _alone(words))}
    if len(figures) > 1 and figures != {"views", "reach"}:
        return {}  # "Reactions, Comments & Shares"
    found: dict[str, float] = {}
    few = tuple(word for word in words if word not in _STOP)
    for tried, worth in ((words, 1.0), (few, 0.8)):
        for role, fits in _phrases().get(tried, ()):
            found[role] = max(found.get(role, 0.0), fits * worth)
    if not found and len(few) <= 6:
        for size in range(min(3, len(few)), 0, -1):
            for start in range(len(few) - size + 1):
                for role, fits in _phrases().get(few[start : start + size], ()):
                    found[role] = max(found.get(role, 0.0), fits * 0.3 * size / len(few))
            if found:
                break
    return {role: fits for role, fits in found.items() if not _rather_not(role, words)}


def _alone(words: tuple[str, ...]) -> list[str]:
    """Return the roles of the single words in a header: which counts it names."""
    return [role for word in words for role, fits in _phrases().get((word,), ()) if fits > 2.0]


def _rather_not(role: str, words: tuple[str, ...]) -> bool:
    if role in FIGURES:
        return not _OTHER.isdisjoint(words)
    if role in {"posted", "posted time"}:
        return not _OTHER_DAY.isdisjoint(words) or "rate" in words
    if role == "link":
        return not {"image", "picture", "thumbnail", "bild", "clicks", "bio"}.isdisjoint(words)
    if role == "id":
        return not {"account", "profile", "page", "user", "owner", "campaign"}.isdisjoint(words)
    if role == "seconds":
        return not {"average", "avg", "watch", "view", "viewed"}.isdisjoint(words)
    return False
