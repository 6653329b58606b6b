/* open and its like. What is alive is opened by the daemon; folders, links and O_PATH are the tree's own. */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "next.h"
#include "paths.h"
#include "shared.h"

static long open_in_tree(const struct where *where, int flags)
{
	struct stat there;
	long r = raw(SYS_newfstatat, AT_FDCWD, where->path, &there, AT_SYMLINK_NOFOLLOW);

	if (r)
		return r == -ENOENT && flags & O_CREAT ? -EACCES : r;
	if (S_ISREG(there.st_mode) && !(flags & O_PATH))
		return open_served(where->known, flags);
	if ((flags & O_TMPFILE) == O_TMPFILE)
		return -EOPNOTSUPP;
	r = raw(SYS_openat, AT_FDCWD, where->path, flags, 0);
	holds_near |= r >= 0;
	return r;
}

static __attribute__((noinline)) long open_found(int folder, const char *path, int flags, unsigned mode)
{
	struct where where;
	bool make = (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);
	char room[PATH_ROOM];
	enum place place = find(folder, path, !(flags & O_NOFOLLOW) && !make, &where);
	const char *spelled = spell_out(folder, path, room);
	long r = begins(spelled, "/proc/") ? open_fdinfo(spelled, flags) : -ENXIO;

	if (r != -ENXIO)
		return r;
	if (place == SERVED)
		return open_in_tree(&where, flags);
	r = raw(SYS_openat, where.folder, where.name, flags, mode);
	if (place == SHARED && is_missing(r))
		r = raw(SYS_openat, AT_FDCWD, where.path, flags & ~O_CREAT, 0);
	holds_near |= place == SHARED && r >= 0;
	return r;
}

long open_path(int folder, const char *path, int flags, unsigned mode)
{
	return concerns(folder, path) ? open_found(folder, path, flags, mode) : raw(SYS_openat, folder, path, flags, mode);
}

#define MODE(last) ({ va_list rest; va_start(rest, last); unsigned mode = va_arg(rest, unsigned); va_end(rest); mode; })

PUBLIC int open(const char *path, int flags, ...)
{
	return (int)returned(open_path(AT_FDCWD, path, flags, MODE(flags)));
}

PUBLIC int openat(int folder, const char *path, int flags, ...)
{
	return (int)returned(open_path(folder, path, flags, MODE(flags)));
}

PUBLIC int creat(const char *path, mode_t mode)
{
	return (int)returned(open_path(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode));
}

PUBLIC int __open_2(const char *path, int flags)
{
	return (int)returned(open_path(AT_FDCWD, path, flags, 0));
}

PUBLIC int __openat_2(int folder, const char *path, int flags)
{
	return (int)returned(open_path(folder, path, flags, 0));
}

PUBLIC int open64(const char *path, int flags, ...) __attribute__((alias("open")));
PUBLIC int openat64(int folder, const char *path, int flags, ...) __attribute__((alias("openat")));
PUBLIC int creat64(const char *path, mode_t mode) __attribute__((alias("creat")));
PUBLIC int __open64_2(const char *path, int flags) __attribute__((alias("__open_2")));
PUBLIC int __openat64_2(int folder, const char *path, int flags) __attribute__((alias("__openat_2")));

static int flags_of(const char *mode)
{
	int flags = *mode == 'r' ? O_RDONLY : O_WRONLY | O_CREAT | (*mode == 'a' ? O_APPEND : O_TRUNC);

	while (*mode && *++mode && *mode != ',')
		flags = *mode == '+' ? (flags & ~O_ACCMODE) | O_RDWR : flags | (*mode == 'e' ? O_CLOEXEC : *mode == 'x' ? O_EXCL : 0);
	return flags;
}

static __attribute__((noinline)) bool is_served(const char *path)
{
	struct where where;
	struct ours ours;
	const char *number = strrchr(path, '/');

	return find(AT_FDCWD, path, true, &where) != ELSEWHERE
		|| (armed && strstr(path, "/fdinfo/") && look_at(atoi(number + 1), &ours) && (ours.kind == CARD || is_shared(ours.kind)));
}

PUBLIC FILE *fopen(const char *path, const char *mode)
{
	if (!concerns(AT_FDCWD, path) || !is_served(path))
		return next_fopen(path, mode);
	int fd = (int)returned(open_path(AT_FDCWD, path, flags_of(mode), 0666));
	FILE *file = fd < 0 ? NULL : fdopen(fd, mode);
	if (fd >= 0 && !file)
		raw(SYS_close, fd);
	return file;
}

/* The stream is the caller's to keep: it is opened on something else, and gets the descriptor afterwards. */
PUBLIC FILE *freopen(const char *path, const char *mode, FILE *stream)
{
	if (!concerns(AT_FDCWD, path) || !is_served(path))
		return next_freopen(path, mode, stream);
	long fd = open_path(AT_FDCWD, path, flags_of(mode), 0666);
	stream = next_freopen("/dev/null", mode, stream);
	if (stream && fd >= 0)
		raw(SYS_dup3, fd, fileno(stream), flags_of(mode) & O_CLOEXEC);
	if (fd >= 0)
		raw(SYS_close, fd);
	else if (stream) {
		fclose(stream);
		errno = (int)-fd;
	}
	return fd < 0 ? NULL : stream;
}

PUBLIC FILE *fopen64(const char *path, const char *mode) __attribute__((alias("fopen")));
PUBLIC FILE *freopen64(const char *path, const char *mode, FILE *stream) __attribute__((alias("freopen")));

/* Programs that make the system calls themselves. */
PUBLIC long syscall(long number, ...)
{
	long a[6];
	va_list rest;

	va_start(rest, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(rest, long);
	va_end(rest);
	switch (number) {
#ifdef SYS_open
	case SYS_open:
		return returned(open_path(AT_FDCWD, (const char *)a[0], (int)a[1], (unsigned)a[2]));
#endif
	case SYS_openat:
		return returned(open_path((int)a[0], (const char *)a[1], (int)a[2], (unsigned)a[3]));
	case SYS_ioctl:
		return ioctl((int)a[0], (unsigned long)a[1], a[2]);
	case SYS_close_range:
		return close_range((unsigned)a[0], (unsigned)a[1], (int)a[2]);
	}
	return returned(raw(number, a[0], a[1], a[2], a[3], a[4], a[5]));
}
