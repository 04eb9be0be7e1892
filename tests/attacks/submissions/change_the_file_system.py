"""Mounts, unmounts and changes the root, to see what lies below."""

import ctypes
import os

from .arms import attempt, syscall

CLASSES = (29,)

here, root = ctypes.create_string_buffer(b"."), ctypes.create_string_buffer(b"/")
kind = ctypes.create_string_buffer(b"tmpfs")
attempt("mount", lambda: syscall("mount", kind, here, kind, 0, 0))
attempt("bind", lambda: syscall("mount", root, here, 0, 4096, 0))
attempt("make writable", lambda: syscall("mount", 0, root, 0, 32 | 4096, 0))
attempt("unmount", lambda: syscall("umount2", root, 2))
attempt("unmount the box", lambda: syscall("umount2", here, 2))
attempt("pivot", lambda: syscall("pivot_root", here, here))
attempt("chroot", lambda: os.chroot("."))
attempt("tree", lambda: syscall("open_tree", -100, root, 1))
attempt("file system", lambda: syscall("fsopen", kind, 0))
attempt("attributes", lambda: syscall("mount_setattr", -100, root, 0, 0, 0))
attempt("swap", lambda: syscall("swapon", root, 0))
