"""Pages of HTML of our own writing, each with the lines of its body: a site's frame round news, briefings, threads."""

from __future__ import annotations

from typing import NamedTuple


class Page(NamedTuple):
    """A page in bytes, the lines of its body in order, and words that belong to its chrome alone."""

    data: bytes
    body: tuple[str, ...]
    chrome: tuple[str, ...] = ()


MENU = ("Home", "Harbour", "Council", "Weather", "Archive")
CHROME = ("All rights reserved", "Accept all cookies", "Most read this week", "letter of the harbour", "cold today")


def frame(body: str, title: str, *, lang: str = "en", head: str = "", charset: str = "utf-8", said: str = "") -> bytes:
    """A whole page of one site. `said` is the name that the page gives its encoding."""
    menu = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in MENU)
    related = "".join(f'<li><a href="/{n}">A story of another day, number {n}</a></li>' for n in range(1, 7))
    page = f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="{said or charset}"><title>{title} | Harbour Daily</title>{head}
<script>var tracker = "never text";</script><style>p {{ margin: 0 }}</style></head>
<body><header><nav><ul>{menu}</ul></nav><form><input name="q"><button>Search</button></form></header>
<div class="breadcrumbs"><a href="/">Home</a> &gt; <a href="/council">Council</a></div>
<main><article><h1>{title}</h1>
<div class="share"><a href="#">Facebook</a> <a href="#">Twitter</a> <a href="#">Print</a></div>
{body}
</article></main>
<aside class="sidebar"><h3>Most read this week</h3><ul>{related}</ul></aside>
<section id="comments"><h3>2 Comments</h3>
<div class="comment"><p>I was there too, and it was cold today.</p></div></section>
<div class="newsletter"><p>Sign up for the letter of the harbour</p></div>
<div id="cookie-banner"><p>We use cookies for our numbers.</p><button>Accept all cookies</button></div>
<footer><ul>{menu}</ul><p>&copy; 2032 Harbour Daily. All rights reserved.</p></footer></body></html>"""
    return page.encode(charset)


def paragraphs(*lines: str) -> str:
    return "\n".join(f"<p>{line}</p>" for line in lines)


NEWS = (
    "The council voted on Tuesday to keep the old ferry in service for three more winters, after a night of talks that "
    "ended with nine votes against four.",
    "Repairs to the hull will cost 2.4 million crowns, half of which the province has promised to pay before the ice "
    "comes, said the harbour master, Odo Brandt.",
    "“Nobody here wants a bridge that nobody can afford,” he told the members, and pointed at the figures on the wall.",
    "The yard in Lower Sound will begin in April. Until then the ferry sails twice a day, at seven and at five.",
)
LABELLED = (
    ("Chair:", "Good morning, everybody, and welcome to the briefing on the reopening of the harbour after the storm."),
    ("Anna Weber:", "Thank you. Three of the four basins are open since Monday, and the fourth follows in May."),
    ("Kyodo Radio:", "When will the fishing boats be let back in, and who pays for the nets that were lost?"),
    ("Anna Weber:", "The boats may come in tomorrow. For the nets there is a fund, which the province has filled."),
    ("Upland TV:", "Is the lighthouse safe? We heard that its foundation had moved by more than a hand."),
    ("Anna Weber:", "It has moved by two centimetres. The engineers say that it may move by ten before we must act."),
    ("Upland TV:", "Thank you."),
    ("Chair:", "If there are no more questions, thank you all for coming, and mind the wet steps on your way."),
)
GERMAN = (
    "Der Gemeinderat hat am Dienstag beschlossen, die alte Fähre noch drei Winter lang fahren zu lassen, nachdem bis "
    "spät in die Nacht verhandelt worden war.",
    "Die Ausbesserung des Rumpfes kostet 2,4 Millionen Kronen; die Hälfte davon übernimmt das Land, sagte der "
    "Hafenmeister Odo Brandt.",
    "„Eine Brücke, die niemand bezahlen kann, will hier niemand“, sagte er und zeigte auf die Zahlen an der Wand.",
)
CHINESE = (
    "记者会于星期二上午在港务大楼举行，港务局局长介绍了风暴之后港口恢复的情况，并回答了记者的提问。",
    "他说，四个港池中已有三个重新开放，第四个将于五月恢复使用，所需费用由省政府承担一半。",
    "渔船从明天起可以进港。对于在风暴中损失的渔网，省里已经设立了专门的基金，渔民可以提出申请。",
    "灯塔的地基移动了两厘米。工程师认为，在移动达到十厘米之前不需要采取任何措施，请大家放心。",
)
TURKISH = (
    "Belediye meclisi salı günü eski vapurun üç kış daha çalışmasına karar verdi; görüşmeler gece geç saatlere kadar "
    "sürdü ve dokuz oya karşı dört oyla sona erdi.",
    "Gövdenin onarımı iki milyon dört yüz bin krona mal olacak; liman müdürü Odo Brandt, bunun yarısını ilin "
    "karşılayacağını söyledi.",
    "“Kimsenin parasını ödeyemeyeceği bir köprüyü burada kimse istemiyor” dedi ve duvardaki rakamları gösterdi.",
)
FRENCH = (
    "Le conseil a décidé mardi de garder le vieux bac en service pendant trois hivers encore, après une nuit de débats "
    "qui s’est achevée par neuf voix contre quatre.",
    "La réparation de la coque coûtera 2,4 millions de couronnes, dont la province a promis de payer la moitié, selon "
    "le capitaine du port, Odo Brandt.",
    "« Personne ici ne veut d’un pont que personne ne peut payer », a-t-il dit en montrant les chiffres au mur.",
)
QUESTIONS = (
    ("How do I get a place on the ferry?", "Come to the landing an hour before it sails and take a number there."),
    ("May I bring a dog?", "Yes, on a lead. Large dogs stay on the open deck, where there is water for them."),
    ("What if the ferry does not sail?", "Then your number is good for the next day, or you get back what you paid."),
    ("Who decides about the weather?", "The master does, at six in the morning and at four, and nobody else may."),
)
POSTS = (
    ("lampkeeper", "Has anybody tried to splice the old hemp ropes with the new ones? Mine come apart after a week."),
    ("odo_b", "You have to whip the ends first, with waxed thread, at least eight turns, and then wet the splice."),
    ("lampkeeper", "Eight turns did it. Thank you! It has held through two gales now, and the pilot has noticed too."),
    ("third_mate", "For the record: our yard uses ten turns and tar, but then our ropes are as thick as an arm."),
)
LISTED = (
    ("Ferry stays for three winters", "The council voted nine to four after a long night; the yard begins in April."),
    ("Lighthouse moves by a hair", "Engineers are calm, the keeper is not: he has put his clock on the floor."),
    ("A fund for lost nets", "Whoever lost nets in the storm may ask for half of their price until the end of June."),
    ("Ice expected early", "The almanac and the institute agree for once: the sound will freeze before December."),
)
TIMES = (
    ("Basin", "Open since", "Depth"),
    ("North", "3 March", "9 m"),
    ("West", "5 March", "7 m"),
    ("Old", "May", "4 m"),
)

_said = "\n".join(f"<p><strong>{who}</strong> {what}</p>" for who, what in LABELLED)
_alone = "\n".join(f"<p><b>{who}</b></p>\n<p>{what}</p>" for who, what in LABELLED)
_asked = "".join(f"<h3>{asked}</h3><p>{answer}</p>" for asked, answer in QUESTIONS)
_posts = "".join(
    f'<div class="post"><div class="author">{who}</div><div class="content"><p>{what}</p></div></div>'
    for who, what in POSTS
)
_listed = "".join(f'<li><h2><a href="/{n}">{what}</a></h2><p>{more}</p></li>' for n, (what, more) in enumerate(LISTED))
_rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TIMES)
_tabled = f"{paragraphs(NEWS[0])}<table>{_rows}</table>{paragraphs(NEWS[1])}"
_meta = """<meta property="og:title" content="Ferry stays for three winters"><meta name="author" content="Mara Holt">
<meta property="article:published_time" content="2032-03-04T08:00:00+01:00">
<meta property="og:site_name" content="Harbour Daily"><link rel="canonical" href="https://daily.example/ferry">"""
_glued = paragraphs(
    "0 Comment(s)Print E-mail Harbourdaily.example, March 4, 2032",
    *NEWS[:2],
    "Click to share on Facebook (Opens in new window)",
    *NEWS[2:],
    "&lt;&nbsp; 1&nbsp; 2&nbsp; 3&nbsp; &gt;",
    "Follow Harbourdaily.example on Twitter and Facebook to join the conversation.",
)
_unclosed = "".join(f"<p>{line}<font color=red><b>" for line in NEWS)
_broken = f"""<html><head><title>Ferry stays</title><body><ul><li><a href=/>Home<li><a href=/a>Archive</ul>
<div>{_unclosed}</i></td><footer>All rights reserved"""
_menu = "".join(f'<a href="/{name}">{name}</a><br>' for name in MENU)
_old = f"""<HTML><HEAD><TITLE>Ferry stays</TITLE></HEAD><BODY BGCOLOR=white><TABLE WIDTH="100%"><TR>
<TD WIDTH=120>{_menu}</TD><TD><FONT SIZE=2>{paragraphs(*NEWS)}</FONT></TD></TR>
<TR><TD COLSPAN=2><FONT SIZE=1>Copyright 1999 Harbour Daily. All rights reserved.</FONT></TD></TR></TABLE>
</BODY></HTML>"""
_nested = f"""<html><head><title>Ferry stays</title></head><body><table><tr><td>{_menu}</td>
<td><table>{"".join(f"<tr><td>{line}</td></tr>" for line in NEWS)}</table></td></tr></table></body></html>"""
_links = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(60))


def _flat(pairs: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(part for pair in pairs for part in pair)


PAGES = {
    "news": Page(frame(paragraphs(*NEWS), "Ferry stays for three winters", head=_meta), NEWS, CHROME),
    "briefing": Page(frame(_said, "Briefing on the harbour"), tuple(map(" ".join, LABELLED)), CHROME),
    "labels-alone": Page(frame(_alone, "Briefing on the harbour"), _flat(LABELLED), CHROME),
    "questions": Page(frame(_asked, "Questions and answers"), _flat(QUESTIONS), CHROME),
    "thread": Page(frame(_posts, "Splicing hemp"), tuple(what for _, what in POSTS), CHROME),
    "listing": Page(frame(f"<ul>{_listed}</ul>", "Today"), _flat(LISTED), CHROME),
    "table": Page(frame(_tabled, "Ferry stays"), (NEWS[0], *map(" | ".join, TIMES), NEWS[1]), CHROME),
    "glued": Page(
        frame(_glued, "Ferry stays"),
        NEWS,
        (*CHROME, "0 Comment(s)Print", "Opens in new", "1 2 3", "Follow Harbourdaily"),
    ),
    "german": Page(frame(paragraphs(*GERMAN), "Die Fähre bleibt", lang="de"), GERMAN, CHROME),
    "chinese": Page(
        frame(paragraphs(*CHINESE), "港口重新开放", lang="zh", charset="gb18030", said="gb2312"), CHINESE, CHROME
    ),
    "turkish": Page(
        frame(paragraphs(*TURKISH), "Vapur kalıyor", lang="tr", charset="cp1254", said="ISO-8859-9"), TURKISH, CHROME
    ),
    "french": Page(
        frame(paragraphs(*FRENCH), "Le bac reste", lang="fr", charset="cp1252", said="iso-8859-1"), FRENCH, CHROME
    ),
    "broken": Page(_broken.encode(), NEWS, ("All rights reserved", "Archive")),
    "old-tables": Page(_old.encode("cp1252"), NEWS, ("All rights reserved", "Archive")),
    "nested-tables": Page(_nested.encode("cp1252"), NEWS, ("Archive",)),
}
NO_TEXT = {
    "links": f"<html><body><nav><ul>{_links}</ul></nav></body></html>".encode(),
    "script": b"<html><head><title>Soon</title></head><body><div id=app></div><script>go()</script></body></html>",
    "comment": b"<!DOCTYPE html><!-- Nothing yet. -->",
    "nothing": b"<!DOCTYPE html><html><head><title>Soon</title></head><body></body></html>",
}
