/* Paths and descriptors: which descriptor a path names, which path a descriptor has, and what is told of it. */
#define _GNU_SOURCE
#include <string.h>
#include <unistd.h>
#include "paths.h"
#include "shared.h"

static long number(const char *text, const char **end)
{
	long n = 0;

	if (*text < '0' || *text > '9')
		return -1;
	for (; *text >= '0' && *text <= '9' && n < 1 << 28; text++)
		n = n * 10 + *text - '0';
	*end = text;
	return n;
}

/* The number behind a folder of these, or -1. */
static int numbered(const char *path, const char *folder, const char **rest)
{
	const char *end = path;
	long fd;

	if (begins(path, "/proc/self/"))
		path += 11;
	else if (begins(path, "/proc/thread-self/"))
		path += 18;
	else if (begins(path, "/proc/") && number(path + 6, &end) == raw(SYS_getpid) && *end == '/')
		path = end + 1;
	else
		return -1;
	if (!begins(path, folder))
		return -1;
	fd = number(path + strlen(folder), &end);
	if (fd < 0 || (*end && *end != '/'))
		return -1;
	*rest = end;
	return (int)fd;
}

int descriptor_in(const char *path, const char **rest)
{
	const char *end;
	long fd;

	if (!begins(path, "/dev/fd/"))
		return numbered(path, "fd/", rest);
	fd = number(path + 8, &end);
	if (fd < 0 || (*end && *end != '/'))
		return -1;
	*rest = end;
	return (int)fd;
}

static char *write_number(char *to, unsigned n)
{
	if (n > 9)
		to = write_number(to, n / 10);
	*to++ = (char)('0' + n % 10);
	*to = 0;
	return to;
}

/* The node of a minor number; where its path ends. */
char *write_node(char *path, unsigned minor)
{
	strcpy(path, minor < 128 ? "/dev/dri/card" : "/dev/dri/renderD");
	return write_number(path + strlen(path), minor);
}

int target_of(int fd, char *path, bool *private)
{
	char link[32] = "/proc/self/fd/";
	long length;

	write_number(link + 14, (unsigned)fd);
	length = raw(SYS_readlinkat, AT_FDCWD, link, path, PATH_ROOM - 1);
	if (length < 0 || length == PATH_ROOM - 1)
		return -1;
	path[length] = 0;
	*private = within(path, root);
	if (*private) {
		length -= root_length;
		memmove(path, path + root_length, (size_t)length + 1);
	}
	return (int)length;
}

int path_of(int fd, char *path, bool *private)
{
	struct ours ours;

	if (look_at(fd, &ours) == CARD) {
		*private = true;
		return (int)(write_node(path, ours.minor) - path);
	}
	return fd < 0 ? -1 : target_of(fd, path, private);
}

int link_of(int fd, char *to)
{
	struct wire_facts facts = { 0 };
	struct request request = { WIRE_DESCRIBE, 0, &facts, sizeof facts, true, -1, NULL };
	enum kind kind = look_at(fd, NULL);
	const char *name;

	strcpy(to, kind == SYNC_FILE ? "anon_inode:sync_file" : kind == SYNCOBJ ? "anon_inode:syncobj_file"
		: kind == SW_SYNC ? "/sys/kernel/debug/sync/sw_sync" : is_buffer(kind) ? "/dmabuf:" : "");
	if (!is_buffer(kind) || call_about(fd, &request) || facts.length >= sizeof facts.text)
		return (int)strlen(to);
	name = strstr(facts.text, "\nname:\t");
	name = name ? name + 7 : "";
	return (int)(stpncpy(to + strlen(to), name, strcspn(name, "\n")) - to);
}

const char *spell_out(int folder, const char *path, char *room)
{
	bool private;
	int length = armed && folder >= 0 && *path >= '0' && *path <= '9' ? target_of(folder, room, &private) : -1;

	if (length < 0 || !begins(room, "/proc/") || (size_t)length + strlen(path) + 2 > PATH_ROOM)
		return path;
	room[length] = '/';
	strcpy(room + length + 1, path);
	return room;
}

/* What the kernel tells of it, with the access mode of what it stands for, and then what the daemon tells. */
static long write_facts(int to, int from, int fd, const struct ours *ours)
{
	struct wire_facts facts = { 0 };
	struct request request = { WIRE_DESCRIBE, 0, &facts, sizeof facts, true, -1, NULL };
	char text[512], *mode;
	long size = raw(SYS_read, from, text, sizeof text - 1);
	long r = ours->kind == CARD ? call(fd, ours, &request) : call_about(fd, &request);

	if (size < 0 || r)
		return size < 0 ? size : r;
	text[size] = 0;
	mode = strstr(text, "flags:");
	mode = mode ? strchr(mode, '\n') : NULL;
	if (mode)
		mode[-1] = (char)('0' + ours->mode);
	raw(SYS_write, to, text, size);
	raw(SYS_write, to, facts.text, facts.length <= sizeof facts.text ? facts.length : 0);
	return 0;
}

long open_fdinfo(const char *path, int flags)
{
	struct ours ours;
	const char *rest = "";
	int fd = numbered(path, "fdinfo/", &rest);
	long from, to, r;

	if (fd < 0 || *rest || !look_at(fd, &ours) || (ours.kind != CARD && !is_shared(ours.kind)))
		return -ENXIO;
	from = raw(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
	if (from < 0)
		return from;
	to = raw(SYS_memfd_create, "fdinfo", 1 /* MFD_CLOEXEC */);
	r = to < 0 ? to : write_facts((int)to, (int)from, fd, &ours);
	raw(SYS_close, from);
	if (r) {
		if (to >= 0)
			raw(SYS_close, to);
		return r;
	}
	raw(SYS_lseek, to, 0, SEEK_SET);
	return lowest(to, flags);
}
