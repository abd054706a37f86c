"""Make a picture, or say what is in a file that an app gave: `make 8x4 00ff00 FILE`, `read FILE`.

A file to read holds the bytes, or a data URL. A picture is described by its size and the colour of its first pixel,
a text by itself.
"""

import base64
import io
import sys
from pathlib import Path

from PIL import Image, UnidentifiedImageError

if sys.argv[1] == "make":
    width, height = map(int, sys.argv[2].split("x"))
    Image.new("RGB", (width, height), "#" + sys.argv[3]).save(sys.argv[4], "PNG")
else:
    data = Path(sys.argv[2]).read_bytes()
    if data.startswith(b"data:"):
        data = base64.b64decode(data.partition(b",")[2])
    try:
        picture = Image.open(io.BytesIO(data)).convert("RGB")
        print("@picture {}x{} {:02x}{:02x}{:02x}".format(*picture.size, *picture.getpixel((0, 0))))
    except UnidentifiedImageError:
        print("@text " + data.decode())
