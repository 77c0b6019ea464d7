#!/usr/bin/env python3
"""Makes the files of tests/containers with independent writers: pip install pyarrow pandas warcio zstandard; then run it here.

The same four (invented) articles in every container. What it makes is committed, so that tests need none of this.
"""
import bz2, csv, gzip, io, json, lzma, plistlib, tarfile, zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pandas, zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ARTICLES = [
    dict(id="a1", date="2025-03-14", title="Talks in Riga", source="The Lowland Gazette", url="https://gazette.example/a1",
         text="Ada Byron met Bo Chen in Riga on Monday. Officials gave few details about the talks, which lasted all afternoon.\n\n"
              "“We have time,” Chen said, and Byron agreed. Nobody asked Cleo Dias, who had left the city before the weekend."),
    dict(id="a2", date="2025-03-15", title="A call from Lisbon", source="The Harbour Post", url="https://post.example/a2",
         text="Cleo Dias called Ada Byron on Tuesday, a day after the talks in Riga had ended without a statement.\n\n"
              "The café where the call was made has since become known. Dias and Byron will meet again, a spokesman said."),
    dict(id="a3", date="2025-03-16", title="Energy prices, again", source="The Harbour Post", url="https://post.example/a3",
         text="Prices rose by 12.5 percent in the first half, according to a report that was published on Wednesday.\n\n"
              "Analysts said the decision could affect households across the region this winter, and asked for a plan."),
    dict(id="a4", date="2025-03-17", title="Three in one room", source="The Lowland Gazette", url="https://gazette.example/a4",
         text="Bo Chen, Cleo Dias and Ada Byron shared a table in Oslo on Thursday, for the first time in two years.\n\n"
              "The committee is expected to publish its report before the end of the month; Chen will not comment on it."),
]


def page(a):
    paragraphs = "".join(f"<p>{p}</p>\n" for p in a["text"].split("\n\n"))
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{a["title"]}</title>\n'
            f'<meta property="article:published_time" content="{a["date"]}T09:00:00Z"><meta property="og:site_name" content="{a["source"]}">\n'
            f'<link rel="canonical" href="{a["url"]}"></head>\n<body><article><h1>{a["title"]}</h1>\n{paragraphs}</article></body></html>\n')


lines = "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in ARTICLES).encode()
half = len(lines) // 2
write = lambda name, data: open(name, "wb").write(data)

write("lines.jsonl", lines)
write("array.json", json.dumps(ARTICLES, indent=2).encode())
write("lines.jsonl.gz", gzip.compress(lines[:half], mtime=0) + gzip.compress(lines[half:], mtime=0) + b"\0" * 512)
write("lines.jsonl.bz2", bz2.compress(lines[:half]) + bz2.compress(lines[half:]))
write("lines.jsonl.xz", lzma.compress(lines))
pack = zstandard.ZstdCompressor(write_checksum=True).compress
write("lines.jsonl.zst", pack(lines[:half]) + b"\x50\x2a\x4d\x18\x05\0\0\0hello" + pack(lines[half:]))

frame = pandas.DataFrame(ARTICLES)
frame.rename(columns={"text": "Content", "date": "Publish Date"}).to_csv("table.csv", index=False)
frame.to_csv("semicolon.csv", index=False, sep=";", quoting=csv.QUOTE_ALL, encoding="utf-8-sig", lineterminator="\r\n")
frame.to_csv("table.tsv", index=False, sep="\t")
for codec in ("snappy", "zstd", "gzip", "none"):
    frame.assign(date=pandas.to_datetime(frame.date), text=frame.text.astype("category")).to_parquet(f"table-{codec}.parquet", compression=None if codec == "none" else codec, row_group_size=2)

out = io.BytesIO()
writer = WARCWriter(out, gzip=True)
writer.write_record(writer.create_warcinfo_record("test", {"software": "warcio"}))
for i, a in enumerate(ARTICLES):
    fields, body = [("Content-Type", "text/html; charset=utf-8")], page(a).encode()
    if i == 1:
        fields.append(("Transfer-Encoding", "chunked")); body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    if i == 3:
        fields.append(("Content-Encoding", "gzip")); body = gzip.compress(body, mtime=0)
    http = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
    fixed = {"WARC-Date": "2025-04-01T00:00:00Z", "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-00000000000{i}>"}
    writer.write_record(writer.create_warc_record(a["url"], "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=fixed))
    none = StatusAndHeaders("404 Not Found", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(a["url"] + "/x", "response", payload=io.BytesIO(page(a).encode()), http_headers=none, warc_headers_dict={**fixed, "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0001-00000000000{i}>"}))
write("crawl.warc.gz", out.getvalue())
write("crawl.warc", gzip.decompress(out.getvalue()))

escape = lambda t: t.replace("&", "&amp;").replace("<", "&lt;")
stamp = lambda a: {"2025-03-14": "Fri, 14", "2025-03-15": "Sat, 15", "2025-03-16": "Sun, 16", "2025-03-17": "Mon, 17"}[a["date"]] + " Mar 2025 23:30:00 -0500"
html = lambda a: "".join(f"<p>{p}</p>" for p in a["text"].split("\n\n"))
for outlet, name in (("The Lowland Gazette", "gazette.rss"), ("The Harbour Post", "post.rss")):
    items = "".join(f'<item><title>{a["title"]}</title><link>{a["url"]}</link><guid>{a["id"]}</guid><pubDate>{stamp(a)}</pubDate>'
                    f'<description>{escape(html(a))}</description></item>\n' for a in ARTICLES if a["source"] == outlet)
    write(name, f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{outlet}</title><link>https://x.example</link><description>d</description><language>en</language>\n{items}</channel></rss>\n'.encode())
entries = "".join(f'<entry><title>{a["title"]}</title><link href="{a["url"]}"/><id>{a["id"]}</id><published>{a["date"]}T23:30:00-05:00</published><updated>2025-04-01T00:00:00Z</updated>'
                  f'<content type="html">{escape(html(a))}</content></entry>\n' for a in ARTICLES)
write("all.atom", f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>All</title><id>all</id><updated>2025-04-01T00:00:00Z</updated>\n{entries}</feed>\n'.encode())

with zipfile.ZipFile("pages.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for a in ARTICLES:
        z.writestr(zipfile.ZipInfo(f"news/{a['id']}.html", (2025, 1, 1, 0, 0, 0)), page(a), zipfile.ZIP_DEFLATED if a["id"] != "a2" else zipfile.ZIP_STORED)
    z.writestr(zipfile.ZipInfo("news/logo.png", (2025, 1, 1, 0, 0, 0)), b"\x89PNG")
for name, mode in (("pages.tar", "w"), ("pages.tar.xz", "w:xz"), ("pages.tar.gz", "w:gz")):
    with tarfile.open(name, mode) as t:
        for a in ARTICLES:
            info = tarfile.TarInfo(f"news/{'long' * 40 if a['id'] == 'a3' else ''}{a['id']}.html")
            data = page(a).encode(); info.size = len(data)
            t.addfile(info, io.BytesIO(data))
for a in ARTICLES:
    write(f"{a['id']}.webarchive", plistlib.dumps({"WebMainResource": {"WebResourceData": page(a).encode(), "WebResourceURL": a["url"], "WebResourceMIMEType": "text/html", "WebResourceTextEncodingName": "UTF-8", "WebResourceFrameName": ""}}, fmt=plistlib.FMT_BINARY))
    message = MIMEMultipart("related", boundary="----MultipartBoundary--x")
    message["From"] = "<Saved by Blink>"; message["Snapshot-Content-Location"] = a["url"]; message["Subject"] = a["title"]
    part = MIMEText(page(a), "html", "utf-8"); part["Content-Location"] = a["url"]
    message.attach(part)
    write(f"{a['id']}.mhtml", b"From: <Saved by Blink>\r\n" + message.as_bytes().split(b"\n", 3)[0] + b"\n" + message.as_bytes().split(b"\n", 1)[1])
    write(f"{a['id']}.html", page(a).encode())
