"""Words of menus, in lower case: what a repeated stretch of short lines is known by."""

from __future__ import annotations

# Words that lead to a part of a site or a service of it; no text lists them.
SERVICES = frozenset(
    (
        "about us", "advertise", "advertise with us", "all news", "all sections", "all topics", "blogs", "careers",
        "classifieds", "columnists", "contact us", "coupons", "crossword", "crosswords", "e-paper", "editorials",
        "epaper", "faq", "faqs", "headlines", "homepage", "horoscope", "horoscopes", "latest news",
        "live tv", "log in", "login", "most popular", "most read", "my account", "newsletter", "newsletters",
        "newsroom", "obituaries", "op-eds", "opinion", "opinions", "press releases", "privacy policy", "puzzles",
        "sign in", "sign up", "site map", "sitemap", "subscribe", "terms of use", "today's paper", "trending",
        "watch live", "who we are",
        "abo", "aktuelles", "datenschutz", "impressum", "karriere", "mediathek", "nachrichten", "startseite",
        "über uns",
        "abonnement", "accueil", "actualité", "actualités", "à la une", "contactez-nous", "en direct",
        "mentions légales", "nous contacter", "plan du site", "s’abonner", "se connecter", "vidéos",
        "aviso legal", "hemeroteca", "iniciar sesión", "noticias", "portada", "suscríbete", "últimas noticias",
        "assine", "fale conosco", "notícias", "quem somos", "últimas",
        "abbonati", "chi siamo", "contatti", "notizie", "redazione", "home page",
        "beranda", "berita", "hubungi kami", "indeks", "redaksi", "tentang kami", "terkini", "terpopuler",
        "abone ol", "ana sayfa", "anasayfa", "galeri", "haberler", "hakkımızda", "iletişim", "künye", "son dakika",
        "yazarlar",
        "вакансии", "главная", "контакты", "лента", "новости", "о нас", "подписка",
        "关于我们", "新闻", "联系我们", "要闻", "首页", "新聞", "首頁",
        "お問い合わせ", "ニュース", "ホーム", "会社概要", "뉴스", "로그인", "사설", "오피니언", "회사소개",
        "أخبار", "اتصل بنا", "الأخبار", "الرئيسية", "من نحن",
    )
)  # fmt: skip
# Subjects and parts of a site that a text may list too.
SUBJECTS = frozenset(
    (
        "archive", "archives", "art & design", "arts", "autos", "basketball", "beauty", "books", "business", "cars",
        "celebrities", "celebrity", "climate", "comedy", "congress", "crime",
        "culture", "dance", "economy", "education", "elections", "energy", "entertainment", "environment", "family",
        "fashion", "features", "finance", "fitness", "food", "football", "gaming", "golf", "health", "immigration",
        "interviews", "investing", "lifestyle", "local", "magazine", "markets", "media", "military", "money",
        "movies", "music", "nation", "nba", "nfl", "nhl", "personal finance", "photography", "politics",
        "real estate", "religion", "reviews", "science", "security", "soccer", "space", "sport", "sports", "style",
        "tech", "technology", "tennis", "theater", "theatre", "travel", "tv", "u.s.", "us news", "wellness", "world",
        "account", "comics", "contact", "corrections", "donate", "events", "forum", "forums", "help", "home", "jobs",
        "letters", "news", "photos", "podcast", "podcasts", "radio", "search", "shop", "staff", "store",
        "subscriptions", "topics", "video", "videos", "weather", "latest",
        "ausland", "gesellschaft", "gesundheit", "inland", "kultur", "panorama", "politik", "reise", "wirtschaft",
        "wissen", "économie", "monde", "planète", "politique", "santé", "sciences", "société",
        "ciencia", "cultura", "deportes", "economía", "internacional", "mundo", "política", "salud", "sociedad",
        "tecnología", "ciência", "economia", "educação", "esporte", "esportes", "saúde", "cronaca", "esteri",
        "politica", "scienza", "spettacoli",
        "bisnis", "ekonomi", "hiburan", "nasional", "olahraga", "teknologi", "dünya", "gündem", "sağlık", "spor",
        "yaşam",
        "в мире", "культура", "наука", "общество", "политика", "спорт", "экономика",
        "体育", "军事", "国际", "娱乐", "文化", "社会", "科技", "财经", "國際", "財經", "スポーツ", "国際", "政治",
        "経済",
        "경제", "국제", "문화", "사회", "스포츠", "연예", "정치", "اقتصاد", "رياضة", "سياسة",
    )
)  # fmt: skip
