/* The library in a process: whom it talks to, and how it opens what the daemon serves. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "packet.h"

static struct sockaddr_un daemon_address;

static int reach(void)
{
	long fd = raw(SYS_socket, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	long r = fd < 0 || !daemon_address.sun_path[0] ? -ENODEV : raw(SYS_connect, fd, &daemon_address, sizeof daemon_address);

	if (fd == -EMFILE || fd == -ENFILE)
		return (int)fd;
	if (r < 0 && fd >= 0)
		raw(SYS_close, fd);
	return (int)(r < 0 ? -ENODEV : fd);
}

static long ask(int fd, enum wire_op op, int flags, const char *path, const int *along)
{
	size_t length = path ? __builtin_strlen(path) : 0;
	struct wire_open open = { WIRE_MAGIC, op, flags, (uint32_t)length };
	struct iovec io[2] = { { &open, sizeof open }, { (void *)path, length } };

	return post(fd, io, 2, along, along ? 1 : 0) ? -ENODEV : 0;
}

/* The end that stays here; its other end is the daemon's alone. */
static long ask_with_end(int fd, int flags, const char *path, int *end)
{
	int ends[2];
	held before = lock_process();
	long r = make_pair(ends);

	if (!r) {
		r = ask(fd, WIRE_OPEN, flags, path, &ends[1]);
		raw(SYS_close, ends[1]);
		*end = ends[0];
	}
	unlock_process(before);
	return r;
}

/* As open(2): the lowest free number, which the connection had. */
long lowest(long fd, int flags)
{
	long low = raw(SYS_fcntl, fd, flags & O_CLOEXEC ? F_DUPFD_CLOEXEC : F_DUPFD, 0);

	if (low < 0 || low > fd) {
		if (low >= 0)
			raw(SYS_close, low);
		raw(SYS_fcntl, fd, F_SETFD, flags & O_CLOEXEC ? FD_CLOEXEC : 0);
		return fd;
	}
	raw(SYS_close, fd);
	return low;
}

/* What was opened: the end that was kept, or what came instead. */
static long opened_as(const struct wire_opened *opened, struct carried *carried, int *end, int flags)
{
	long r = opened->magic == WIRE_MAGIC ? -opened->error : -ENODEV;

	if (!r && carried->count) {
		carried->count = 0;
		return carried->fd[0];
	}
	if (!r && carried->is_cut) /* what should have come found no number */
		r = -EMFILE;
	if (!r && opened->name[0])
		r = bind_name(*end, opened->name);
	if (r)
		return r;
	if (flags & O_NONBLOCK)
		raw(SYS_fcntl, *end, F_SETFL, O_RDWR | O_NONBLOCK);
	r = *end;
	*end = -1;
	return r;
}

long open_served(const char *path, int flags)
{
	struct wire_opened opened;
	struct carried carried = { 0 };
	int connection = reach(), end = -1;
	long r = connection < 0 ? connection : ask_with_end(connection, flags, path, &end);

	if (!r)
		r = receive(connection, &opened, sizeof opened, &carried) == sizeof opened ? opened_as(&opened, &carried, &end, flags) : -ENODEV;
	drop(&carried);
	if (end >= 0)
		raw(SYS_close, end);
	if (connection >= 0)
		raw(SYS_close, connection);
	if (r < 0)
		return r;
	arm();
	return lowest(r, flags);
}

/* A program that was started with a card open has it in a number that nobody told us. */
static void look_at_inherited(void)
{
	char entries[2048];
	long folder = raw(SYS_openat, AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0), size;

	arm();
	bool found = false;
	while (folder >= 0 && !found && (size = raw(SYS_getdents64, folder, entries, sizeof entries)) > 0)
		for (long at = 0; at < size; at += ((struct dirent64 *)(entries + at))->d_reclen)
			found |= look_at(atoi(((struct dirent64 *)(entries + at))->d_name), NULL) != NOT_OURS;
	if (folder >= 0)
		raw(SYS_close, folder);
	armed = may_have_fences = found || folder < 0;
}

__attribute__((constructor(102))) static void start(void)
{
	const char *path = getenv("DRM_ACTORS_SOCKET");
	int connection;

	if (path && strlen(path) < sizeof daemon_address.sun_path) {
		daemon_address.sun_family = AF_UNIX;
		strcpy(daemon_address.sun_path, path);
		connection = reach();
		if (connection >= 0) {
			ask(connection, WIRE_HELLO, 0, NULL, NULL);
			raw(SYS_close, connection);
		}
	}
	look_at_inherited();
}
