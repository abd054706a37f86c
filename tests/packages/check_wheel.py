"""check_wheel.py WHEEL: its size, its tags, its files, and the oldest C library with which its program runs."""

import platform
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

BYTES_MAX = 4_000_000
# Of the program in it, where packaging/small.flags builds it
PROGRAM_BYTES_MAX = 5 * 1024 * 1024
GLIBC_MAX = (2, 17)

wheel = Path(sys.argv[1])
size = wheel.stat().st_size
assert size < BYTES_MAX, f"{wheel.name} has {size:,} bytes, fewer than {BYTES_MAX:,} are allowed"

with zipfile.ZipFile(wheel) as archive:
    names = archive.namelist()
    metadata = next(name for name in names if name.endswith(".dist-info/WHEEL"))
    tags = {line.removeprefix("Tag: ") for line in archive.read(metadata).decode().splitlines() if line.startswith("Tag: ")}
    wanted = {f"py3-none-{tag}_{platform.machine()}" for tag in ("manylinux2014", "manylinux_2_17")}
    assert tags == wanted, f"{tags}, not {wanted}"
    others = [name for name in names if ".dist-info/" not in name]
    assert len(others) == 1 and others[0].endswith(".data/scripts/spaces-new"), others
    bytes = archive.getinfo(others[0]).file_size
    assert bytes < PROGRAM_BYTES_MAX or platform.machine() != "x86_64", f"the program has {bytes:,} bytes"
    with tempfile.NamedTemporaryFile() as program:
        program.write(archive.read(others[0]))
        program.flush()
        needs = subprocess.run(["readelf", "--version-info", program.name], check=True, capture_output=True, text=True).stdout

versions = {tuple(map(int, version.split("."))) for version in re.findall(r"GLIBC_([0-9.]+)", needs)}
assert versions and max(versions) <= GLIBC_MAX, f"needs GLIBC {versions}"
print(f"{wheel.name}: {size:,} bytes, {bytes:,} unpacked, GLIBC {'.'.join(map(str, max(versions)))}")
