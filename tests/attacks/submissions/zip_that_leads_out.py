"""A zip with absolute paths, paths that lead out of it, drives, links, and names with odd bytes."""

import stat
import zipfile
from pathlib import Path

CLASSES = (31, 2)
EARNS = "all"
SAYS = ("its path leads out of the zip", "a link: hand in the file itself")
NAMES = ["../../staff/solutions.py", "/etc/cron.d/evil.py", "..\\..\\evil.py", "C:\\evil.py"]
NAMES += ["deepnets/../../../evil.py", "//server/share/evil.py", "a/\x1b[2J.py"]
NAMES += ["deepnets/layers.py/evil.py", "./././evil.py", "~/.bashrc.py", "deepnets//optim.py/"]


def build(folder: Path, work) -> Path:
    with zipfile.ZipFile(folder / "eve.zip", "w") as archive:
        for name in NAMES:
            archive.writestr(name, "raise SystemExit")
        link = zipfile.ZipInfo("deepnets/fc_net.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(folder.parents[1] / "staff" / "solutions.py"))
        archive.writestr("deepnets/layers.py", work["right"]["deepnets/layers.py"])
    return folder / "eve.zip"
