/* Paths that the daemon serves. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include "shim.h"

static long open_path(int folder, const char *path, int flags, unsigned mode)
{
	if (!strncmp(path, "/dev/dri/", 9))
		return open_served(path, flags);
	return raw(SYS_openat, folder, path, flags, mode);
}

PUBLIC int open(const char *path, int flags, ...)
{
	va_list rest;
	unsigned mode;

	va_start(rest, flags);
	mode = va_arg(rest, unsigned);
	va_end(rest);
	return (int)returned(open_path(AT_FDCWD, path, flags, mode));
}

PUBLIC int open64(const char *path, int flags, ...) __attribute__((alias("open")));
