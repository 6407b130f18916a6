"""The labels of Instagram's download in each language, and what each means.

The labels follow the account's language, while the keys around them are English. Where a language's
labels come from:

- seen: in real exports (reference: analytics-exports, section 3).
- parser: public importers and their tests that were written against real exports; German, French,
  Portuguese of Brazil, the audience labels of Portuguese of Portugal, Italian account labels.
- app: the words that Instagram's app and Meta's Business Suite use for the same figure; whether the
  download uses the very same is not known.

A label that is not here is left out and named, never guessed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from studio.stats.readers.sheet import plain

Grade = Literal["seen", "parser", "app"]

IGNORED = "-"
"""The role of labels that are known and have no figure that counts here."""

GRADES: dict[str, Grade] = {
    "en": "seen",
    "de": "parser",
    "fr": "parser",
    "pt-BR": "parser",
    "pt-PT": "app",
    "it": "app",
    "es": "app",
    "nl": "app",
    "tr": "app",
    "pl": "app",
    "ru": "app",
    "ja": "app",
    "ko": "app",
    "id": "app",
}
"""How well the labels of a post's figures are known, by language; "it" and "pt-PT" account labels
are "parser"."""

# Roles of a post: "created", "caption", "seconds", the names of post.FIGURES, "impressions" (views,
# where there are no views), and IGNORED.
_POST: dict[str, dict[str, str]] = {
    "en": {
        "created": "Creation Timestamp|Upload Timestamp|Creation time|Upload time|Start time",
        "caption": "Caption",
        "seconds": "Duration",
        "views": "Instagram Plays|Plays|Views|Instagram Views|Total plays",
        "impressions": "Impressions",
        "reach": "Accounts reached|Reach|Instagram Reach",
        "likes": "Likes|Instagram Likes",
        "comments": "Comments|Instagram Comments",
        "shares": "Shares|Instagram Shares",
        "saves": "Saves|Instagram Saves",
        "follows": "Follows",
        "-": "Profile visits|External link taps|Website taps|Website clicks|Email button taps"
        "|Text button taps|Call button taps|Get directions taps|Directions taps"
        "|Business address taps"
        "|Product Page Views|Product Button Clicks|Replies|Navigation|Forward|Back|Exited"
        "|Next story"
        "|Taps forward|Taps back|Exits|Swipe aways|Sticker taps|Link clicks|Link taps|Reactions"
        "|Story interactions|Content interactions|Post interactions|Reels interactions"
        "|Reposts|Instagram Reposts|Facebook Plays|Facebook Likes|Facebook Comments|Facebook Shares"
        "|Initial plays|Replays|Watch time|Average watch time|Peak concurrent viewers|Peak viewers"
        "|End time|Comments removed|Badges|Profile activity|Accounts engaged",
    },
    "de": {
        "created": "Erstellungszeitstempel|Zeitstempel der Erstellung|Zeitstempel des Uploads"
        "|Zeitstempel des Hochladens|Hochladezeitstempel|Erstellungszeit|Startzeit",
        "caption": "Bildunterschrift",
        "seconds": "Dauer",
        "views": "Instagram-Wiedergaben|Wiedergaben|Wiedergaben auf Instagram|Aufrufe",
        "impressions": "Impressionen",
        "reach": "Erreichte Konten|Reichweite",
        "likes": '„Gefällt mir“-Angaben|"Gefällt mir"-Angaben|Gefällt mir-Angaben|Gefällt mir'
        "|Instagram-„Gefällt mir“-Angaben|„Gefällt mir“-Angaben auf Instagram|Likes",
        "comments": "Kommentare|Instagram-Kommentare|Kommentare auf Instagram",
        "shares": "Geteilt|Geteilte Inhalte|Mal geteilt|Auf Instagram geteilt"
        "|Geteilte Inhalte auf Instagram",
        "saves": "Gespeichert|Gespeicherte Inhalte|Mal gespeichert|Auf Instagram gespeichert"
        "|Gespeicherte Inhalte auf Instagram",
        "follows": "Neue Follower",
        "-": "Profilaufrufe|Profilbesuche|Klicks auf externe Links|Tippen auf externe Links"
        "|Antworten|Reaktionen|Endzeit|Navigation|Maximale Zuschauerzahl",
    },
    "fr": {
        "created": "Timestamp de la création|Horodatage de la création|Horodatage de création"
        "|Timestamp de l'importation|Horodatage de l'importation",
        "caption": "Légende",
        "seconds": "Durée",
        "views": "Lectures sur Instagram|Lectures Instagram|Lectures|Vues",
        "impressions": "Impressions",
        "reach": "Comptes touchés|Couverture",
        "likes": "J'aime|Mentions J'aime|J'aime sur Instagram|Mentions J'aime sur Instagram",
        "comments": "Commentaires|Commentaires sur Instagram|Commentaires Instagram",
        "shares": "Partages|Partages sur Instagram|Partages Instagram",
        "saves": "Enregistrements|Enregistrements sur Instagram|Enregistrements Instagram",
        "follows": "Followers en plus|Nouveaux followers|Abonnements",
        "-": "Visites du profil|Appuis sur les liens externes|Réponses|Réactions|Navigation",
    },
    "pt-BR": {
        "created": "Registro de data e hora da criação|Registro de data e hora de criação"
        "|Registro de data e hora do upload|Registro de data e hora do carregamento",
        "caption": "Legenda",
        "seconds": "Duração",
        "views": "Reproduções do Instagram|Reproduções no Instagram|Reproduções|Visualizações",
        "impressions": "Impressões|Impressões (total)",
        "reach": "Contas alcançadas|Alcance",
        "likes": "Curtidas|Curtidas do Instagram|Curtidas no Instagram|Curtidas do post",
        "comments": "Comentários|Comentários do Instagram|Comentários no Instagram"
        "|Comentários do post",
        "shares": "Compartilhamentos|Compartilhamentos do Instagram|Compartilhamentos no Instagram"
        "|Compartilhamento do post",
        "saves": "Salvamentos|Salvamentos do Instagram|Salvamentos no Instagram"
        "|Salvamentos do post",
        "follows": "Seguidores|Seguimentos|Novos seguidores",
        "-": "Visitas ao perfil|Toques em links externos|Cliques em links|Respostas|Reações"
        "|Navegação",
    },
    "pt-PT": {
        "created": "Carimbo de data/hora da criação|Carimbo de data/hora de criação"
        "|Data/hora de criação|Carimbo de data/hora do carregamento",
        "reach": "Contas alcançadas",
        "likes": "Gostos|Gostos do Instagram|Gostos no Instagram|Gostos em publicações",
        "comments": "Comentários em publicações",
        "shares": "Partilhas|Partilhas do Instagram|Partilhas no Instagram"
        "|Partilhas de publicações",
        "saves": "Guardados|Guardados do Instagram|Guardados no Instagram|Pub. guardada",
        "follows": "Seguidores",
        "-": "Visitas do perfil|Toques em ligações externas",
    },
    "it": {
        "created": "Data e ora di creazione|Timestamp di creazione|Timestamp della creazione"
        "|Data e ora di caricamento|Timestamp di caricamento|Ora di creazione",
        "caption": "Didascalia",
        "seconds": "Durata",
        "views": "Riproduzioni su Instagram|Riproduzioni Instagram|Riproduzioni|Visualizzazioni",
        "impressions": "Impression|Impressioni",
        "reach": "Account raggiunti|Copertura",
        "likes": 'Mi piace|"Mi piace"|Mi piace su Instagram|Mi piace di Instagram',
        "comments": "Commenti|Commenti su Instagram|Commenti di Instagram",
        "shares": "Condivisioni|Condivisioni su Instagram|Condivisioni di Instagram",
        "saves": "Salvataggi|Elementi salvati|Salvataggi su Instagram|Salvataggi di Instagram",
        "follows": "Nuovi follower|Follower acquisiti",
        "-": "Visite al profilo|Tocchi sui link esterni|Risposte|Reazioni|Navigazione",
    },
    "es": {
        "created": "Fecha y hora de creación|Marca de tiempo de creación|Hora de creación"
        "|Marca de tiempo de la creación|Fecha y hora de subida|Marca de tiempo de subida",
        "caption": "Pie de foto|Texto|Descripción",
        "seconds": "Duración",
        "views": "Reproducciones de Instagram|Reproducciones en Instagram|Reproducciones"
        "|Visualizaciones",
        "impressions": "Impresiones",
        "reach": "Cuentas alcanzadas|Alcance",
        "likes": 'Me gusta|"Me gusta"|Me gusta de Instagram|Me gusta en Instagram',
        "comments": "Comentarios|Comentarios de Instagram|Comentarios en Instagram",
        "shares": "Compartidos|Veces que se compartió|Veces compartido|Contenido compartido"
        "|Compartidos de Instagram|Compartidos en Instagram",
        "saves": "Guardados|Veces que se guardó|Veces guardado|Contenido guardado"
        "|Guardados de Instagram|Guardados en Instagram",
        "follows": "Seguimientos|Nuevos seguidores|Seguidores nuevos",
        "-": "Visitas al perfil|Visitas del perfil|Toques en enlaces externos|Respuestas|Reacciones"
        "|Navegación",
    },
    "nl": {
        "created": "Tijdstempel van maken|Tijdstempel van creatie|Aanmaaktijdstempel"
        "|Tijdstempel van uploaden|Uploadtijdstempel",
        "caption": "Bijschrift",
        "seconds": "Duur",
        "views": "Afgespeeld op Instagram|Keren afgespeeld|Weergaven",
        "impressions": "Impressies",
        "reach": "Bereikte accounts|Accounts bereikt|Bereik",
        "likes": "Vind-ik-leuks|Likes op Instagram",
        "comments": "Opmerkingen|Reacties|Opmerkingen op Instagram",
        "shares": "Keer gedeeld|Gedeeld|Deelacties",
        "saves": "Keer opgeslagen|Opgeslagen|Opslagacties",
        "follows": "Nieuwe volgers",
        "-": "Profielbezoeken|Tikken op externe links|Antwoorden|Navigatie",
    },
    "tr": {
        "created": "Oluşturma zaman damgası|Oluşturulma zamanı|Yükleme zaman damgası",
        "caption": "Açıklama",
        "seconds": "Süre",
        "views": "Instagram oynatmaları|Oynatmalar|Görüntülemeler|Görüntülenmeler|İzlenmeler",
        "impressions": "Gösterimler|Gösterim sayısı",
        "reach": "Erişilen hesaplar|Ulaşılan hesaplar|Erişim",
        "likes": "Beğeniler|Beğenmeler|Instagram beğenileri",
        "comments": "Yorumlar|Instagram yorumları",
        "shares": "Paylaşımlar|Paylaşmalar|Instagram paylaşımları",
        "saves": "Kaydetmeler|Kaydedilmeler|Kaydedilenler|Instagram kaydetmeleri",
        "follows": "Takipler|Yeni takipçiler",
        "-": "Profil ziyaretleri|Harici bağlantı dokunmaları|Yanıtlar|Gezinme",
    },
    "pl": {
        "created": "Sygnatura czasowa utworzenia|Data i godzina utworzenia|Czas utworzenia"
        "|Sygnatura czasowa przesłania",
        "caption": "Podpis|Opis",
        "seconds": "Czas trwania",
        "views": "Odtworzenia na Instagramie|Odtworzenia|Wyświetlenia na Instagramie",
        "impressions": "Wyświetlenia",
        "reach": "Osiągnięte konta|Konta, do których dotarto|Zasięg",
        "likes": "Polubienia|Polubienia na Instagramie",
        "comments": "Komentarze|Komentarze na Instagramie",
        "shares": "Udostępnienia|Udostępnienia na Instagramie",
        "saves": "Zapisania|Zapisane|Zapisania na Instagramie",
        "follows": "Obserwacje|Nowi obserwujący",
        "-": "Odwiedziny profilu|Wizyty na profilu|Odpowiedzi|Nawigacja",
    },
    "ru": {
        "created": "Время создания|Метка времени создания|Дата и время создания"
        "|Метка времени загрузки|Время загрузки",
        "caption": "Подпись",
        "seconds": "Длительность|Продолжительность",
        "views": "Воспроизведения в Instagram|Воспроизведения|Просмотры",
        "impressions": "Показы",
        "reach": "Охваченные аккаунты|Охват",
        "likes": 'Отметки "Нравится"|Отметки «Нравится»|"Нравится"|«Нравится»|Лайки',
        "comments": "Комментарии|Комментарии в Instagram",
        "shares": "Поделились|Публикации, которыми поделились|Репосты|Сколько раз поделились",
        "saves": "Сохранения|Сохранено",
        "follows": "Подписки|Новые подписчики",
        "-": "Посещения профиля|Ответы|Навигация|Нажатия на внешние ссылки",
    },
    "ja": {
        "created": "作成タイムスタンプ|作成のタイムスタンプ|作成日時|アップロードのタイムスタンプ"
        "|アップロード日時",
        "caption": "キャプション",
        "seconds": "長さ|再生時間|時間",
        "views": "Instagramでの再生数|Instagramの再生数|再生数|閲覧数|ビュー",
        "impressions": "インプレッション|インプレッション数",
        "reach": "リーチしたアカウント|リーチしたアカウント数|リーチ",
        "likes": "いいね！|「いいね！」|いいね！の数|いいね!|「いいね！」の数"
        "|Instagramの「いいね！」",
        "comments": "コメント|コメント数|Instagramのコメント",
        "shares": "シェア|シェア数|シェアの数|Instagramのシェア",
        "saves": "保存|保存数|保存の数|Instagramの保存",
        "follows": "フォロー|フォロー数|新しいフォロワー",
        "-": "プロフィールへのアクセス|プロフィールへのアクセス数|返信|返信数|ナビゲーション",
    },
    "ko": {
        "created": "만든 시간 타임스탬프|생성 타임스탬프|생성 시간|업로드 타임스탬프|업로드 시간",
        "caption": "캡션|문구",
        "seconds": "길이|재생 시간",
        "views": "Instagram 재생|Instagram 재생 횟수|재생 횟수|조회|조회수",
        "impressions": "노출|노출수",
        "reach": "도달한 계정|도달 계정|도달",
        "likes": "좋아요|Instagram 좋아요",
        "comments": "댓글|Instagram 댓글",
        "shares": "공유|Instagram 공유",
        "saves": "저장|Instagram 저장",
        "follows": "팔로우|새 팔로워",
        "-": "프로필 방문|답장|외부 링크 누름",
    },
    "id": {
        "created": "Stempel Waktu Pembuatan|Stempel waktu pembuatan|Stempel Waktu Unggahan",
        "caption": "Keterangan",
        "seconds": "Durasi",
        "views": "Pemutaran Instagram|Pemutaran|Tayangan Instagram",
        "impressions": "Impresi",
        "reach": "Akun yang dijangkau|Akun dijangkau|Jangkauan",
        "likes": "Suka|Suka Instagram",
        "comments": "Komentar|Komentar Instagram",
        "shares": "Dibagikan|Bagikan|Pembagian",
        "saves": "Disimpan|Simpanan|Penyimpanan",
        "follows": "Mengikuti|Pengikut baru",
        "-": "Kunjungan profil|Balasan|Navigasi",
    },
}

# Flags of the newer dialect's own posts, beside the caption; English and French seen by parsers.
_FLAGS: dict[str, str] = {
    "draft": "Draft|Brouillon|Entwurf|Rascunho|Bozza|Borrador|Concept|Taslak|Wersja robocza"
    "|Черновик|下書き|임시 저장|Draf",
    "published": "Published|Publié|Veröffentlicht|Publicado|Pubblicato|Gepubliceerd|Yayınlandı"
    "|Opublikowano|Опубликовано|公開済み|게시됨|Dipublikasikan",
    "paid": "Is an ad|Is ad|Est une publicité|Ist eine Werbeanzeige|Ist Werbung|É um anúncio"
    "|È un'inserzione|Es un anuncio|Is een advertentie|Bir reklam",
    "media": "Media|Contenu multimédia|Medien|Mídia|Multimédia|Contenuto multimediale|Contenido"
    " multimedia|Contenido|Multimedia|Medya|Медиа|メディア|미디어",
    # What else a post tells of itself there: words that are no figures.
    "-": "Hashtags|Hashtag|Location|Lieu|Standort|Latitude|Longitude|Story type|Type de story"
    "|Publish mode|Mode de publication|Brand partner|Partenaire de marque|Brand partners"
    "|Partenaires de marque|Reel metadata|Métadonnées du reel|Marked as AI-generated"
    "|Marked as AI generated|Marqué comme généré par l'IA|Collaboration commerciale"
    "|Branded content|Is branded content|Name|Username|URL|Title|Owner|Music|Audio|Tagged users"
    "|Alt text|Alternative text|Accessibility caption|Type|Visibility|Update time|fbid"
    "|Comments disabled|Likes hidden",
}

# Roles of the account's figures.
_ACCOUNT: dict[str, dict[str, str]] = {
    "en": {
        "range": "Date Range",
        "followers": "Followers",
        "follows": "Follows",
        "unfollows": "Unfollows",
        "net": "Overall followers",
        "city": "Follower Percentage by City",
        "country": "Follower Percentage by Country",
        "age": "Follower Percentage by Age for All Genders",
        "age men": "Follower Percentage by Age for Men",
        "age women": "Follower Percentage by Age for Women",
        "men": "Total Follower Percentage for Men",
        "women": "Total Follower Percentage for Women",
        "activity": "Monday Follower Activity|Tuesday Follower Activity"
        "|Wednesday Follower Activity|Thursday Follower Activity|Friday Follower Activity"
        "|Saturday Follower Activity|Sunday Follower Activity",
        "-": "Followers Delta|Overall followers delta|Note",
    },
    "de": {
        "range": "Zeitraum",
        "followers": "Follower",
        "follows": "Neue Follower",
        "unfollows": "Verlorene Follower",
        "net": "Follower insgesamt|Gesamtzahl der Follower|Gesamtanzahl Follower",
        "city": "Prozentualer Anteil der Follower nach Stadt"
        "|Prozentualer Anteil der Follower nach Ort|Prozentualer Anteil an Followern nach Stadt",
        "country": "Prozentualer Anteil der Follower nach Land"
        "|Prozentualer Anteil an Followern nach Land",
        "age": "Prozentualer Anteil an Followern nach Alter für alle Geschlechter"
        "|Prozentualer Anteil der Follower nach Alter für alle Geschlechter",
        "age men": "Prozentualer Anteil an Followern nach Alter für Männer"
        "|Prozentualer Anteil an männlichen Followern nach Alter",
        "age women": "Prozentualer Anteil an Followern nach Alter für Frauen"
        "|Prozentualer Anteil an weiblichen Followern nach Alter",
        "men": "Prozentualer Anteil an männlichen Followern insgesamt",
        "women": "Prozentualer Anteil an weiblichen Followern insgesamt",
        "activity": "Follower-Aktivität am Montag|Follower-Aktivität am Dienstag"
        "|Follower-Aktivität am Mittwoch|Follower-Aktivität am Donnerstag"
        "|Follower-Aktivität am Freitag|Follower-Aktivität am Samstag"
        "|Follower-Aktivität am Sonntag",
        "-": "Delta von Followern|Hinweis",
    },
    "fr": {
        "range": "Période|Plage de dates",
        "followers": "Followers",
        "follows": "Followers en plus",
        "unfollows": "Followers en moins",
        "net": "Total des followers",
        "city": "Pourcentage de followers en fonction de la ville",
        "country": "Pourcentage de followers en fonction du pays",
        "age": "Pourcentage de followers en fonction de l'âge pour tous les genres",
        "age men": "Pourcentage de followers hommes en fonction de l'âge",
        "age women": "Pourcentage de followers femmes en fonction de l'âge",
        "men": "Pourcentage du total des followers hommes"
        "|Pourcentage du total des de followers hommes",
        "women": "Pourcentage du total des de followers femmes"
        "|Pourcentage du total des followers femmes",
        "activity": "Activité des followers : lundi|Activité des followers : mardi"
        "|Activité des followers : mercredi|Activité des followers : jeudi"
        "|Activité des followers : vendredi|Activité des followers : samedi"
        "|Activité des followers : dimanche",
        "-": "Nombre de followers|Remarque",
    },
    "pt": {
        "range": "Intervalo de datas",
        "followers": "Seguidores",
        "follows": "Seguimentos|Começaram a seguir|Novos seguidores",
        "unfollows": "Deixaram de seguir",
        "net": "Total de seguidores",
        "city": "Porcentagem de seguidores por cidade|Percentagem de seguidores por cidade",
        "country": "Porcentagem de seguidores por país|Percentagem de seguidores por país",
        "age": "Porcentagem de seguidores por idade para todos os gêneros"
        "|Percentagem de seguidores por idade para todos os géneros",
        "age men": "Porcentagem de seguidores por idade para homens"
        "|Percentagem de seguidores por idade para homens",
        "age women": "Porcentagem de seguidores por idade para mulheres"
        "|Percentagem de seguidores por idade para mulheres",
        "men": "Porcentagem do total de seguidores para homens"
        "|Percentagem total de seguidores que são homens",
        "women": "Porcentagem do total de seguidores para mulheres"
        "|Percentagem total de seguidores para mulheres",
        "-": "Variação de seguidores|Observação",
    },
    "it": {
        "range": "Intervallo di date",
        "followers": "Follower",
        "men": "Percentuale totale di follower uomini",
        "women": "Percentuale totale di follower donne",
        "city": "Percentuale di follower per città",
        "country": "Percentuale di follower per Paese",
        "age": "Percentuale di follower per età per tutti i generi",
        "-": "Differenza di follower",
    },
    "es": {
        "range": "Intervalo de fechas|Rango de fechas",
        "followers": "Seguidores",
        "follows": "Seguimientos",
        "city": "Porcentaje de seguidores por ciudad",
        "country": "Porcentaje de seguidores por país",
        "age": "Porcentaje de seguidores por edad para todos los géneros",
        "age men": "Porcentaje de seguidores por edad para hombres",
        "age women": "Porcentaje de seguidores por edad para mujeres",
        "men": "Porcentaje total de seguidores hombres",
        "women": "Porcentaje total de seguidores mujeres",
    },
}

TWO_MEANINGS = frozenset({"seguidores"})
"""Account labels that mean the followers gained in some languages' files, the total in others
(parser: "Seguidores" 14, "Deixaram de seguir" 73, "Total de seguidores" -59)."""

_TRUE = "true|vrai|wahr|ja|verdadeiro|sim|vero|verdadero|sí|waar|doğru|prawda|да|true|はい|참|예|1"
_FALSE = "false|faux|falsch|nein|falso|não|no|onwaar|yanlış|fałsz|нет|ложь|いいえ|거짓|아니요|0"


@cache
def _table(of: Literal["post", "account"]) -> dict[str, str]:
    tables = list((_POST if of == "post" else _ACCOUNT).values())
    if of == "post":
        tables.append(_FLAGS)
    found: dict[str, str] = {}
    for roles in tables:
        for role, words in roles.items():
            for word in words.split("|"):
                found.setdefault(_bare(word), role)
    return found


@cache
def _skeletons(of: Literal["post", "account"]) -> dict[str, str]:
    """Return the table by ASCII letters alone, without those that two roles share."""
    found: dict[str, set[str]] = {}
    for label, role in _table(of).items():
        found.setdefault(_skeleton(label), set()).add(role)
    return {
        letters: next(iter(roles))
        for letters, roles in found.items()
        if len(roles) == 1 and len(letters) >= 8
    }


def _bare(label: str) -> str:
    """Return a label for comparing: quotation marks of one kind, no final full stop or colon."""
    return re.sub("[„“”«»″]", '"', plain(label)).rstrip(" .:")


def _skeleton(label: str) -> str:
    return "".join(letter for letter in label if letter.isascii() and letter.isalpha())


def post_role(label: str) -> str | None:
    """Return what a label of a post means; None when it is not known."""
    return _role("post", label)


def account_role(label: str) -> str | None:
    """Return what a label of the account's figures means; None when it is not known."""
    return _role("account", label)


def _role(of: Literal["post", "account"], label: str) -> str | None:
    bare = _bare(label)
    role = _table(of).get(bare)
    if role is None and "Ã" in label:  # a repair that failed, because a byte went missing
        role = _skeletons(of).get(_skeleton(bare))
    return role


def truth(word: str) -> bool | None:
    """Return what a flag's value says, in any language; None when it is not known."""
    plainly = plain(word)
    if plainly in _TRUE.split("|"):
        return True
    return False if plainly in _FALSE.split("|") else None
