"""System calls by name, with their numbers on each machine this package knows.

Each entry reads "name x86_64 aarch64"; "-" where a machine has no such call. The numbers are those
of the kernel headers asm/unistd_64.h and asm-generic/unistd.h, and tests compare them. Only the
x86_64 column has been run; the aarch64 one has been compared with its header and nothing more.
"""

import platform

from autograder.sandbox.errors import NotIsolated

_PLAIN = """
alarm 37 -; arch_prctl 158 -; brk 12 214; clock_getres 229 114; clock_gettime 228 113;
clock_nanosleep 230 115; close 3 57; copy_file_range 326 285; dup 32 23; dup2 33 -; dup3 292 24;
epoll_create 213 -; epoll_create1 291 20; epoll_ctl 233 21; epoll_pwait 281 22; epoll_pwait2 441
441; epoll_wait 232 -; eventfd 284 -; eventfd2 290 19; exit 60 93; exit_group 231 94; fadvise64
221 223; fallocate 285 47; fchdir 81 50; fdatasync 75 83; fstat 5 80; fstatfs 138 44; fsync 74 82;
ftruncate 77 46; futex 202 98; getcpu 309 168; getcwd 79 17; getdents 78 -; getdents64 217 61;
getegid 108 177; geteuid 107 175; getgid 104 176; getgroups 115 158; getitimer 36 102; getpgid 121
155; getpgrp 111 -; getpid 39 172; getppid 110 173; getrandom 318 278; getresgid 120 150;
getresuid 118 148; getrlimit 97 163; getrusage 98 165; getsid 124 156; gettid 186 178;
gettimeofday 96 169; getuid 102 174; lseek 8 62; madvise 28 233; membarrier 324 283; mmap 9 222;
mprotect 10 226; mremap 25 216; msync 26 227; munmap 11 215; nanosleep 35 101; pause 34 -; pipe 22
-; pipe2 293 59; poll 7 -; ppoll 271 73; pread64 17 67; preadv 295 69; pselect6 270 72; pwrite64
18 68; pwritev 296 70; read 0 63; readv 19 65; restart_syscall 219 128; rseq 334 293; rt_sigaction
13 134; rt_sigpending 127 136; rt_sigprocmask 14 135; rt_sigreturn 15 139; rt_sigsuspend 130 133;
rt_sigtimedwait 128 137; sched_get_priority_max 146 125; sched_get_priority_min 147 126;
sched_getparam 143 121; sched_getscheduler 145 120; sched_yield 24 124; select 23 -;
set_robust_list 273 99; set_tid_address 218 96; setitimer 38 103; sigaltstack 131 132; sysinfo 99
179; time 201 -; times 100 153; umask 95 166; uname 63 160; wait4 61 260; waitid 247 95; write 1
64; writev 20 66
"""
_PATHS = """
open 2 -; openat 257 56; creat 85 -; stat 4 -; lstat 6 -; newfstatat 262 79; statx 332 291; access
21 -; faccessat 269 48; faccessat2 439 439; truncate 76 45; rename 82 -; renameat 264 38;
renameat2 316 276; mkdir 83 -; mkdirat 258 34; rmdir 84 -; link 86 -; linkat 265 37; symlink 88 -;
symlinkat 266 36; unlink 87 -; unlinkat 263 35; readlink 89 -; readlinkat 267 78; chdir 80 49;
statfs 137 43
"""
_SOCKETS = """
accept 43 202; accept4 288 242; getpeername 52 205; getsockname 51 204; getsockopt 55 209; recvfrom
45 207; sendto 44 206; setsockopt 54 208; shutdown 48 210
"""
_ATTRIBUTES = """
chmod 90 -; fchmod 91 52; fchmodat 268 53; utime 132 -; utimes 235 -; utimensat 280 88
"""
_CHECKED = """
kill 62 129; tgkill 234 131; prctl 157 167; prlimit64 302 261; sched_getaffinity 204 123; fcntl 72
25; ioctl 16 29; clone 56 220; clone3 435 435; socketpair 53 199; sched_setscheduler
144 119
"""
_SETUP = """
capset 126 91; pivot_root 155 41; seccomp 317 277; landlock_create_ruleset 444 444;
landlock_add_rule 445 445; landlock_restrict_self 446 446
"""

MACHINES = {"x86_64": (1, 0xC000003E), "aarch64": (2, 0xC00000B7)}
"""Machine: column of the table, and AUDIT_ARCH_* of include/uapi/linux/audit.h."""


def _table(text: str) -> dict[str, tuple[int | None, ...]]:
    rows = (row.split() for row in text.split(";"))
    return {row[0]: tuple(None if n == "-" else int(n) for n in row[1:]) for row in rows}


PLAIN = _table(_PLAIN)
"""Harmless whatever their arguments."""
PATHS = _table(_PATHS)
"""Those that take the name of a file; not chmod and utime, which Landlock does not control."""
SOCKETS = _table(_SOCKETS)
"""Those for sockets that a process was given; it has no way to make or name another."""
ATTRIBUTES = _table(_ATTRIBUTES)
"""Those for modes and times of files; only for a file system in which others' are read-only."""
CHECKED = _table(_CHECKED)
"""Allowed with some arguments only."""
TABLE = {**PLAIN, **PATHS, **SOCKETS, **ATTRIBUTES, **CHECKED, **_table(_SETUP)}


def machine() -> tuple[int, int]:
    """Column and AUDIT_ARCH of this machine. Raises NotIsolated when it is not known."""
    name = platform.machine()
    if name not in MACHINES:
        known = ", ".join(MACHINES)
        raise NotIsolated(f"system call numbers are known for {known} only, not for {name!r}")
    return MACHINES[name]


def number(name: str) -> int:
    """Number of a call on this machine. Raises NotIsolated for a machine that lacks it."""
    found = find(name)
    if found is None:
        raise NotIsolated(f"{platform.machine()} has no system call {name}")
    return found


def find(name: str) -> int | None:
    """Number of a call on this machine, None when it has no such call."""
    return TABLE[name][machine()[0] - 1]
