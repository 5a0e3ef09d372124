#!/usr/bin/env python3
"""Writes Fixtures: pictures, and what Pillow makes of them. Debian: apt-get install python3-pil python3-numpy. Recorded with Pillow 9.4.0, libjpeg-turbo 2.1.5, libwebp 1.2.4."""
import gzip
import os
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Fixtures")
os.makedirs(here, exist_ok=True)
names = []


def scene(width, height, seed):
    """Slopes, edges and noise in colours."""
    random = np.random.RandomState(seed)
    y, x = np.mgrid[0:height, 0:width]
    picture = np.zeros((height, width, 3))
    picture[..., 0] = 128 + 100 * np.sin(x / 9.0) * np.cos(y / 13.0)
    picture[..., 1] = x * 255 / width
    picture[..., 2] = ((x // 16 + y // 16) % 2) * 255
    picture[height // 5:height // 2, width // 4:width // 2] = [250, 20, 30]
    part = picture[height * 3 // 5:, width * 3 // 5:]
    part += random.randint(-60, 60, part.shape)
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))


def with_alpha(picture):
    alpha = np.fromfunction(lambda y, x: (x * 5 + y * 3) % 256, (picture.height, picture.width)).astype(np.uint8)
    picture = picture.convert("RGB")
    picture.putalpha(Image.fromarray(alpha))
    return picture


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png16(width, height, colour, samples):
    """Pillow writes no PNG files with 16 bits a channel of colour."""
    rows = b"".join(b"\0" + samples[y].astype(">u2").tobytes() for y in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, colour, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def interlaced(picture):
    width, height = picture.size
    pixels = np.array(picture)
    rows = b""
    for x, y, dx, dy in [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:
        part = pixels[y::dy, x::dx]
        rows += b"".join(b"\0" + row.tobytes() for row in part if row.size)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1))
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def packed(values):
    return gzip.compress(values, 9, mtime=0)


def record(name, picture=None, file=None, expected=None, **options):
    """The file, its pixels, and four sizes of them."""
    path = os.path.join(here, name)
    if file is None:
        picture.save(path, **options)
    else:
        with open(path, "wb") as out:
            out.write(file)
    if expected is None:
        expected = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    bilinear = expected.resize((31, 24), Image.BILINEAR)
    bicubic = expected.resize((40, 52), Image.BICUBIC)
    larger = expected.resize((expected.width * 3 // 2, expected.height * 4 // 3), Image.BICUBIC)
    side = 48
    short = min(expected.size)
    long = int(side * max(expected.size) / short)
    middle = expected.resize((side, long) if expected.width <= expected.height else (long, side), Image.BILINEAR)
    left, top = int(round((middle.width - 40) / 2.0)), int(round((middle.height - 40) / 2.0))
    middle = middle.crop((left, top, left + 40, top + 40))
    lanczos = expected.resize((29, 33), Image.LANCZOS)
    box = expected.resize((17, 90), Image.BOX)
    grey = expected.convert("L")
    parts = [expected, bilinear, bicubic, larger, middle, lanczos, box, grey]
    with open(path + ".values", "wb") as out:
        out.write(packed(struct.pack("<HH", *expected.size) + b"".join(part.tobytes() for part in parts)))
    names.append(name)


def orientation(value):
    exif = Image.Exif()
    exif[0x0112] = value
    return exif.tobytes()


scene1 = scene(101, 77, 1)
record("colours.png", scene1)
record("grey.png", scene1.convert("L"))
record("bits1.png", scene1.convert("1"))
record("palette.png", scene1.quantize(13))
record("alpha.png", with_alpha(scene1))
record("grey-alpha.png", with_alpha(scene1).convert("LA"))
record("interlaced.png", file=interlaced(scene(53, 43, 2)))
deep = (np.array(scene(60, 50, 3)).astype(np.uint16) * 257) ^ 0x005A
record("bits16.png", file=png16(60, 50, 2, deep.reshape(50, -1)))
# Pillow cuts 16-bit greys off at 255; the higher bytes are what they look like.
record("grey16.png", file=png16(60, 50, 0, deep[..., 0]), expected=Image.fromarray((deep[..., 0] >> 8).astype(np.uint8)).convert("RGB"))
record("halves.jpg", scene(99, 75, 4), quality=85)
record("whole.jpg", scene(64, 48, 5), quality=92, subsampling=0)
record("across.jpg", scene(97, 61, 6), quality=80, subsampling=1)
record("progressive.jpg", scene(103, 79, 7), quality=75, progressive=True)
record("grey.jpg", scene(70, 55, 8).convert("L"), quality=80)
record("inks.jpg", scene(61, 47, 9).convert("CMYK"), quality=90)
for turn in range(1, 9):
    record(f"turned{turn}.jpg", scene(66, 44, 10), quality=80, exif=orientation(turn))
record("turned.png", scene(40, 30, 11), exif=orientation(6))
record("lossy.webp", scene(107, 83, 12), quality=80, method=6)
record("rough.webp", scene(81, 97, 13), quality=20, method=4)
record("fine.webp", scene(50, 41, 14), quality=98, method=0)
record("lossless.webp", scene(95, 73, 15), lossless=True, method=6)
record("flat.webp", scene(70, 66, 16).quantize(7).convert("RGB"), lossless=True)
record("alpha.webp", with_alpha(scene(80, 60, 17)), quality=80)
record("alpha-lossless.webp", with_alpha(scene(45, 39, 18)), lossless=True, exact=True)
record("turned.webp", scene(52, 36, 19), quality=80, exif=orientation(8))
record("colours.bmp", scene(59, 45, 20))
record("grey.bmp", scene(59, 45, 21).convert("L"))
record("bits1.bmp", scene(59, 45, 22).convert("1"))
record("palette.bmp", scene(57, 40, 23).quantize(16))

# What lies behind transparency: white.
behind = Image.new("RGB", scene1.size, (255, 255, 255))
front = with_alpha(scene1)
behind.paste(front.convert("RGB"), mask=front.getchannel("A"))
with open(os.path.join(here, "alpha.png.white"), "wb") as out:
    out.write(packed(behind.tobytes()))
for name in ["alpha.webp", "alpha-lossless.webp"]:
    front = Image.open(os.path.join(here, name)).convert("RGBA")
    behind = Image.new("RGB", front.size, (255, 255, 255))
    behind.paste(front.convert("RGB"), mask=front.getchannel("A"))
    with open(os.path.join(here, name + ".white"), "wb") as out:
        out.write(packed(behind.tobytes()))
print(len(names), "pictures,", sum(os.path.getsize(os.path.join(here, file)) for file in os.listdir(here)) // 1024, "KB")
